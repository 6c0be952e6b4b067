/** What the panel needs of DevTools and the browser around it, beside the link to the page. */
import browser from "webextension-polyfill";

import { listedUrl } from "../../core/lib/stack";
import { FIELD, RECONNECT_KEY } from "../../extension/protocol/envelope";
import type { PageLook } from "./page-reach";
import type { SourceHost } from "../session/sources";

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
function openSource({
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

/** What code gives in the inspected page; undefined when it can't run there. */
async function evaluate(code: string): Promise<unknown> {
  const answer: unknown = await browser.devtools.inspectedWindow.eval(code);
  // Firefox answers with the result and an error; the polyfill in Chromium with the result alone.
  return Array.isArray(answer) ? answer[0] : answer;
}

/** Address and title of the inspected page; empty when it cannot tell. */
export async function inspectedPage(): Promise<{ url: string; title: string }> {
  const result = await evaluate("({ url: location.href, title: document.title })");
  const { url, title } = (result ?? {}) as { url?: unknown; title?: unknown };
  return { url: typeof url === "string" ? url : "", title: typeof title === "string" ? title : "" };
}

const LOOK = `({
  origin: location.protocol + "//" + location.host,
  isLoading: document.readyState === "loading",
  hasHook: typeof Object.getOwnPropertyDescriptor(Object.prototype, "${FIELD}")?.set?.[Symbol.for("${RECONNECT_KEY}")] === "function",
})`;

/** Looks at the inspected page; undefined where the browser doesn't allow that, or there is none at the moment. */
export async function lookAtPage(): Promise<PageLook | undefined> {
  try {
    return ((await evaluate(LOOK)) ?? undefined) as PageLook | undefined;
  } catch {
    return undefined;
  }
}

const { inspectedWindow, network } = chrome.devtools;

/** A map that has not come by then is given up, in ms. */
const FETCH_MS = 10_000;
const ASK_EVERY_MS = 100;

const ask = <T>(start: (done: (answer: T) => void) => void): Promise<T> => new Promise(start);

/** Addresses as they can be compared: DevTools writes some of them otherwise than the page. */
function comparable(url: string): string {
  try {
    return listedUrl(decodeURI(new URL(url).href));
  } catch {
    return listedUrl(url);
  }
}

async function resourceAt(url: string) {
  const resources = await ask<chrome.devtools.inspectedWindow.Resource[]>((done) =>
    inspectedWindow.getResources(done),
  );
  const wanted = comparable(url);
  // The type is newer than the typings.
  return (resources as (chrome.devtools.inspectedWindow.Resource & { type?: string })[]).find(
    (each) => comparable(each.url) === wanted,
  );
}

/** How DevTools of Chromium tells of the scripts of the inspected page, and shows their lines. */
export const SOURCE_HOST: SourceHost = {
  open: openSource,

  async loadedText(url) {
    const wanted = comparable(url);
    // First what was loaded while DevTools was open: listing all resources can take long where maps are large.
    const { entries } = await ask<{ entries: readonly unknown[] }>((done) =>
      network.getHAR((log) => done(log as unknown as { entries: readonly unknown[] })),
    );
    const loaded = (entries as chrome.devtools.network.Request[]).findLast(
      ({ request }) => comparable(request.url) === wanted,
    );
    if (loaded) {
      const text = await ask<string | undefined>((done) =>
        loaded.getContent((content) => done(content || undefined)),
      );
      if (text !== undefined) return text;
    }
    const resource = await resourceAt(url);
    if (!resource || resource.type === "sm-script") return undefined;
    return ask<string | undefined>((done) =>
      resource.getContent((content) => done(content || undefined)),
    );
  },

  listedType: async (url) => (await resourceAt(url))?.type,

  async fetchInPage(url) {
    const evaluate = (code: string) =>
      ask<unknown>((done) =>
        inspectedWindow.eval(code, { useContentScriptContext: true }, (...[result]) =>
          done(result),
        ),
      );
    const place = "globalThis.__inspectorForDailyMap";
    await evaluate(
      `${place} = null; fetch(${JSON.stringify(url)}).then((r) => (r.ok ? r.text() : "")).then((text) => void (${place} = text), () => void (${place} = "")); 0`,
    );
    const until = performance.now() + FETCH_MS;
    while (performance.now() < until) {
      const text = await evaluate(place);
      if (typeof text === "string") {
        void evaluate(`delete ${place}`);
        return text === "" ? undefined : text;
      }
      await ask((done) => setTimeout(done, ASK_EVERY_MS));
    }
    return undefined;
  },
};
