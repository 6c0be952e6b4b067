import type { BrowserContext, Frame, Response } from "playwright-core";

import { createSourceMaps, type SourceMaps } from "../core/lib/source-maps";
import { isLibraryUrl, parseStack } from "../core/lib/stack";

/** A failure doesn't wait longer for its lines to be found. Milliseconds. */
const PATIENCE_MS = 3_000;
/** Of more scripts at once no maps are looked for. */
const MAX_SCRIPTS = 50;

export type Scripts = {
  /** Remembers from now on which scripts the pages of a context load. Of none is anything read before a test fails. */
  watch(context: BrowserContext): void;
  /** Looks for the source maps of the scripts in these stacks, as far as they can be had in a few seconds. */
  look(stacks: Iterable<string>): Promise<void>;
  /** The place in the original source, where a map of its script was found. */
  readonly originalOf: SourceMaps["originalOf"];
};

/** Has a document of these frames fetch a text; undefined where that fails. */
export type FetchIn = (frames: ReadonlySet<Frame>, url: string) => Promise<string | undefined>;

/**
 * Leads from lines of scripts to the sources that they were built from. The text of a script is the response that its
 * page got. A map with an address of its own is fetched by a page that loaded the script, and only from the origin of
 * the script: so it goes the way that the page's own requests go, and to no one else.
 */
export function createScripts(fetchIn: FetchIn): Scripts {
  const responses = new Map<string, Response>();
  /** Those whose map was asked for, whether it came or not. */
  const asked = new Set<string>();

  const maps = createSourceMaps({
    loadedText: async (url) => responses.get(url)?.text(),
    fetchInPage(mapUrl) {
      const ofOrigin = [...responses].filter(([url]) => isSameOrigin(url, mapUrl));
      const frames = ofOrigin.flatMap(([, response]) => frameOf(response) ?? []);
      return fetchIn(new Set(frames), mapUrl);
    },
  });

  async function lookAt(url: string): Promise<void> {
    await maps.look(url);
    const mapUrl = maps.externalMapOf(url);
    if (mapUrl === undefined || !isSameOrigin(url, mapUrl) || asked.has(url)) return;
    asked.add(url);
    await maps.loadMap(url);
  }

  return {
    watch(context) {
      context.on("response", (response) => {
        if (response.request().resourceType() === "script") responses.set(response.url(), response);
      });
    },
    async look(stacks) {
      const frames = [...new Set(stacks)].flatMap(parseStack);
      const urls = new Set(frames.map(({ url }) => url).filter((url) => !isLibraryUrl(url)));
      const known = [...urls].filter((url) => responses.has(url)).slice(0, MAX_SCRIPTS);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS);
        void Promise.allSettled(known.map(lookAt)).then(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
    originalOf: maps.originalOf,
  };
}

const isSameOrigin = (url: string, other: string): boolean =>
  URL.canParse(url) && URL.canParse(other) && new URL(url).origin === new URL(other).origin;

/** The frame that a response was for; undefined for one of a service worker, or of a page that is gone. */
function frameOf(response: Response): Frame | undefined {
  try {
    return response.frame();
  } catch {
    return undefined;
  }
}
