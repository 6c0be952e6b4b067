/** CSS pixels of every element: enough for the rows that tests look at. */
const [WIDTH, HEIGHT] = [1280, 2_000];

/** Gives a document without a layout what the panel needs of one: sizes, popovers and a canvas that draws nothing. */
export function giveLayout(): void {
  for (const [name, value] of Object.entries({
    clientWidth: WIDTH,
    offsetWidth: WIDTH,
    clientHeight: HEIGHT,
    offsetHeight: HEIGHT,
  }))
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });

  HTMLElement.prototype.hidePopover = function () {
    toggle(this, false);
  };
  document.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest("[popovertarget]");
    const pane = document.getElementById(button?.getAttribute("popovertarget") ?? "");
    if (button && pane) toggle(pane, button.getAttribute("aria-expanded") !== "true");
  });
}

function toggle(pane: HTMLElement, isOpen: boolean): void {
  const event = new Event("beforetoggle");
  pane.dispatchEvent(Object.assign(event, { newState: isOpen ? "open" : "closed" }));
}
