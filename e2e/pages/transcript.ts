/** Who or what a line is from. */
type Kind = "user" | "bot" | "event" | "problem";

export type Line = {
  /** Shows a text: `rest` is what of it is still to come. */
  readonly show: (text: string, rest?: string) => void;
  /** Marks it: its text may change, or its rest will never come. */
  readonly mark: (mark: "interim" | "cut", isOn: boolean) => void;
};

export type Transcript = { add(kind: Kind, text?: string): Line };

/** What was said, newest at the bottom, where it stays unless someone scrolls up. */
export function createTranscript(list: HTMLElement): Transcript {
  function keepAtEnd(change: () => void): void {
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
    change();
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  }

  return {
    add(kind, text = "") {
      const item = document.createElement("li");
      item.className = `said__line said__line--${kind}`;
      const now = document.createElement("span");
      const later = document.createElement("span");
      later.className = "said__rest";
      item.append(now, later);
      now.textContent = text;
      keepAtEnd(() => list.append(item));
      return {
        show: (said, rest = "") =>
          keepAtEnd(() => {
            now.textContent = said;
            later.textContent = rest && `${said && " "}${rest}`;
          }),
        mark: (mark, isOn) => void item.classList.toggle(`said__line--${mark}`, isOn),
      };
    },
  };
}

/** The element of the page with this id. */
export function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${type.name} with the id ${id}.`);
}

/** Hands over what is typed into the page's form, and empties its field. */
export function onTyped(take: (text: string) => void): void {
  const field = find("text", HTMLInputElement);
  find("type", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    take(text);
  });
}

export function openForm(isOpen: boolean): void {
  for (const controls of document.querySelectorAll("fieldset")) controls.disabled = !isOpen;
}
