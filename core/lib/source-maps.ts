import type { TraceMap } from "@jridgewell/trace-mapping";

import { initiatorOf, isLibraryUrl, parseStack, type StackFrame } from "./stack";

/** How to get at the scripts of a page and their maps. */
export type ScriptHost = {
  /** The text of a script as it was loaded; undefined where it can't be had. */
  readonly loadedText: (url: string) => Promise<string | undefined>;
  /** Fetches a text through the page; undefined where that fails. */
  readonly fetchInPage: (url: string) => Promise<string | undefined>;
};

type Script =
  | { readonly kind: "plain" }
  /** It names a map at an address of its own, which was not fetched. */
  | { readonly kind: "external"; readonly mapUrl: string }
  | { readonly kind: "mapped"; readonly map: TraceMap };

export type SourceMaps = {
  /** The place in the original source, where a map of its script is known by now. */
  readonly originalOf: (frame: StackFrame) => StackFrame | undefined;
  /** The address of a source map that would have to be fetched; undefined for none. */
  externalMapOf(url: string): string | undefined;
  /** Finds out whether a script has a source map, without fetching anything. */
  look(url: string): Promise<void>;
  /** Fetches the external map of a script through the page. Resolves with whether it is known then. */
  loadMap(url: string): Promise<boolean>;
  /** Forgets all scripts: after a navigation the same address may hold another text. */
  forget(): void;
};

const MAPPING = "\n//# sourceMappingURL=";

/** What is known of the source maps of scripts. `changed` is called when that is more or less than before. */
export function createSourceMaps(
  host: ScriptHost | undefined,
  changed: () => void = () => {},
): SourceMaps {
  const scripts = new Map<string, Script>();
  const looking = new Map<string, Promise<void>>();
  const trace = lazyTrace();

  function know(url: string, script: Script): void {
    scripts.set(url, script);
    changed();
  }

  async function find(url: string): Promise<void> {
    const text = await host?.loadedText(url);
    if (text === undefined) return;
    const at = text.lastIndexOf(MAPPING);
    const reference = at < 0 ? undefined : /^\S+/.exec(text.slice(at + MAPPING.length))?.[0];
    if (reference === undefined) return know(url, { kind: "plain" });
    if (reference.startsWith("data:")) {
      const json = textOfDataUrl(reference);
      const map = json === undefined ? undefined : await readMap(json, url);
      return know(url, map ? { kind: "mapped", map } : { kind: "plain" });
    }
    const mapUrl = URL.canParse(reference, url) ? new URL(reference, url).href : undefined;
    know(
      url,
      mapUrl !== undefined && /^https?:/.test(mapUrl)
        ? { kind: "external", mapUrl }
        : { kind: "plain" },
    );
  }

  async function readMap(json: string, url: string): Promise<TraceMap | undefined> {
    try {
      const { FlattenMap: Flatten } = await trace.load();
      return new Flatten(JSON.parse(json) as string, url);
    } catch {
      return undefined;
    }
  }

  return {
    originalOf(frame) {
      const script = scripts.get(frame.url);
      if (script?.kind !== "mapped") return undefined;
      const { line, column } = frame;
      const found = trace.loaded()?.originalPositionFor(script.map, { line, column: column - 1 });
      if (!found?.source) return undefined;
      return {
        functionName: frame.functionName,
        url: found.source,
        line: found.line,
        column: found.column + 1,
        isLibrary: isLibraryUrl(found.source),
      };
    },
    externalMapOf(url) {
      const script = scripts.get(url);
      return script?.kind === "external" ? script.mapUrl : undefined;
    },
    look(url) {
      const known = looking.get(url);
      if (known) return known;
      // What fails today, because the script isn't there yet, may be there after a reload.
      const found = find(url).catch(() => undefined);
      looking.set(url, found);
      void found.then(() => scripts.has(url) || looking.delete(url));
      return found;
    },
    async loadMap(url) {
      const script = scripts.get(url);
      if (script?.kind !== "external") return script?.kind === "mapped";
      const json = await host?.fetchInPage(script.mapUrl);
      const map = json === undefined ? undefined : await readMap(json, script.mapUrl);
      if (map) know(url, { kind: "mapped", map });
      return map !== undefined;
    },
    forget() {
      scripts.clear();
      looking.clear();
      changed();
    },
  };
}

/** A line of a script, and the line of the source that it was built from, as far as that is known. */
export type Place = { readonly frame: StackFrame; readonly shown: StackFrame };

type Originals = Pick<SourceMaps, "originalOf">;

export const placeIn = (sources: Originals, frame: StackFrame): Place => ({
  frame,
  shown: sources.originalOf(frame) ?? frame,
});

/** The line of the app that a stack begins with. Originals tell better than a bundle what is a library. */
export function initiatorPlace(sources: Originals, stack: string): Place | undefined {
  const places = parseStack(stack).map((frame) => placeIn(sources, frame));
  const own = initiatorOf(places.map(({ shown }) => shown));
  return places.find(({ shown }) => shown === own);
}

/** The library comes when the first map does. */
function lazyTrace() {
  const load = () => import("@jridgewell/trace-mapping");
  let library: Awaited<ReturnType<typeof load>> | undefined;
  return {
    loaded: () => library,
    load: async () => (library ??= await load()),
  };
}

function textOfDataUrl(url: string): string | undefined {
  const comma = url.indexOf(",");
  const [head, body] = [url.slice(0, comma), url.slice(comma + 1)];
  try {
    if (!head.endsWith(";base64")) return decodeURIComponent(body);
    return new TextDecoder().decode(Uint8Array.from(atob(body), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
