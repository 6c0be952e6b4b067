import type { RowChannel } from "../../core/session/event-view";

export type OverviewColours = Readonly<
  Record<RowChannel, string> &
    Record<
      | "surface"
      | "raised"
      | "line"
      | "text"
      | "dim"
      | "accent"
      | "ok"
      | "bar"
      | "warning"
      | "error"
      | "font",
      string
    >
>;

/** The colours of the theme as it is now, for what cannot use CSS. */
export function readColours(element: Element): OverviewColours {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    "app-message": read("app"),
    "user-data": read("user"),
    "session-data": read("session"),
    people: read("people"),
    call: read("call"),
    surface: read("surface"),
    raised: read("surface-raised"),
    line: read("line"),
    text: read("text"),
    dim: read("text-dim"),
    accent: read("accent"),
    ok: read("ok"),
    bar: read("bar"),
    warning: read("bar-near"),
    error: read("bar-over"),
    font: read("font"),
  };
}

/** Tells when the theme changes. Answers how to stop it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
