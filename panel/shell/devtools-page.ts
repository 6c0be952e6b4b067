/** What the panel needs of DevTools and the browser around it, beside the link to the page. */
import browser from "webextension-polyfill";

import { listedUrl } from "../../core/lib/stack";

type ThemedPanels = typeof browser.devtools.panels & {
  setThemeChangeHandler?: (handler: (theme: string) => void) => void;
};

/** Calls back with the theme of DevTools, now and whenever it changes. */
export function watchTheme(show: (theme: "light" | "dark") => void): void {
  const panels = browser.devtools.panels as ThemedPanels;
  const tell = (theme: string) => show(theme === "dark" ? "dark" : "light");
  tell(panels.themeName);
  // Chromium has the one, Firefox the other.
  panels.setThemeChangeHandler?.(tell);
  (panels as Partial<typeof panels>).onThemeChanged?.addListener(tell);
}

/** Whether a panel can open sources at all: Firefox's can't. */
export const canOpenSource = (): boolean => "openResource" in chrome.devtools.panels;

/** Shows a place of a script in the Sources panel; false where it cannot. `line` and `column` count from 1. */
export function openSource({
  url,
  line,
  column,
}: {
  url: string;
  line: number;
  column: number;
}): Promise<boolean> {
  // The polyfill knows neither the column nor that Chromium counts both from 0.
  const panels = chrome.devtools.panels as unknown as {
    openResource?: (
      url: string,
      line: number,
      column: number,
      done: (answer?: { isError?: boolean }) => void,
    ) => void;
  };
  if (!panels.openResource) return Promise.resolve(false);
  return new Promise((resolve) => {
    panels.openResource?.(listedUrl(url), line - 1, column - 1, (answer) =>
      resolve(answer?.isError !== true),
    );
  });
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
