/** How DevTools of Chromium tells of the scripts of the inspected page, and shows their lines. */
import { openSource } from "./devtools-page";
import { listedUrl } from "../../core/lib/stack";
import type { SourceHost } from "../session/sources";

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
