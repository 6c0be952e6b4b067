/**
 * Into the clipboard; returns whether it got there. The older way comes first, because it is done when it returns (what
 * is pasted next is this) and DevTools often denies its panels the newer one.
 */
export async function copyText(text: string): Promise<boolean> {
  if (copyNow(text)) return true;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** What is said where the clipboard stays as it was. */
export const NOT_COPIED = "The browser didn't allow the copy";

/** Into the clipboard, or says that it didn't get there: for what shows nothing when it went well. */
export async function copyOr(text: string, say: (problem: string) => void): Promise<void> {
  if (!(await copyText(text))) say(NOT_COPIED);
}

function copyNow(text: string): boolean {
  let isTaken = false;
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isTaken = true;
  };
  document.addEventListener("copy", give, { capture: true });
  try {
    return document.execCommand("copy") && isTaken;
  } finally {
    document.removeEventListener("copy", give, { capture: true });
  }
}
