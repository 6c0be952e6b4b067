/** Makes an element the avatar of a person: initial and a colour that follows from the name. */
export function showAvatar(avatar: HTMLElement, name: string): void {
  avatar.textContent = Array.from(name)[0]?.toUpperCase() ?? "";
  avatar.style.setProperty("--hue", String(hueOf(name)));
}

function hueOf(name: string): number {
  const hash = Array.from(name).reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7);
  // Far apart for names that differ in one letter.
  return (hash * 137) % 360;
}
