/** What the panel needs of DevTools and the browser around it, beside the link to the page. */
import browser from "webextension-polyfill";

type ThemedPanels = typeof browser.devtools.panels & {
  setThemeChangeHandler?: (handler: (theme: string) => void) => void;
};

/** Gives the root element the theme of DevTools, now and whenever it changes. */
export function followTheme(root: HTMLElement): void {
  const panels = browser.devtools.panels as ThemedPanels;
  const show = (theme: string) =>
    void (root.dataset["theme"] = theme === "dark" ? "dark" : "light");
  show(panels.themeName);
  // Chromium has the one, Firefox the other.
  panels.setThemeChangeHandler?.(show);
  (panels as Partial<typeof panels>).onThemeChanged?.addListener(show);
}

/** Address and title of the inspected page; empty when it cannot tell. */
export async function inspectedPage(): Promise<{ url: string; title: string }> {
  const answer: unknown = await browser.devtools.inspectedWindow.eval(
    "({ url: location.href, title: document.title })",
  );
  // Firefox answers with the result and an error; the polyfill in Chromium with the result alone.
  const result: unknown = Array.isArray(answer) ? answer[0] : answer;
  const { url, title } = (result ?? {}) as { url?: unknown; title?: unknown };
  return { url: typeof url === "string" ? url : "", title: typeof title === "string" ? title : "" };
}

/** Offers a value as a JSON file to save. */
export function saveJson(name: string, value: unknown): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(value, undefined, 1)], { type: "application/json" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
