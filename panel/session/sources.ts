import { type ReadonlySignal, signal } from "@preact/signals";
import type { TraceMap } from "@jridgewell/trace-mapping";

import { isLibraryUrl, type StackFrame } from "../../core/lib/stack";

/** What DevTools can tell of the scripts of the inspected page. */
export type SourceHost = {
  /** The text of a script as it was loaded; undefined where DevTools doesn't have it. */
  readonly loadedText: (url: string) => Promise<string | undefined>;
  /** What DevTools lists under an address: `script`, `sm-script` (an original); undefined for nothing. */
  readonly listedType: (url: string) => Promise<string | undefined>;
  /** Shows a place in the Sources panel. Resolves with false where it can't. */
  readonly open: (frame: StackFrame) => Promise<boolean>;
  /** Fetches a text through the page; undefined where that fails. */
  readonly fetchInPage: (url: string) => Promise<string | undefined>;
};

type Script =
  | { readonly kind: "plain" }
  /** It names a map at an address of its own, which was not fetched. */
  | { readonly kind: "external"; readonly mapUrl: string }
  | { readonly kind: "mapped"; readonly map: TraceMap };

export type Sources = {
  /** Changes when more is known. */
  readonly version: ReadonlySignal<number>;
  /** The place in the original source, where a map of its script is known by now. */
  originalOf(frame: StackFrame): StackFrame | undefined;
  /** The address of a source map that would have to be fetched; undefined for none. */
  externalMapOf(url: string): string | undefined;
  /** Finds out whether a script has a source map, without fetching anything. */
  look(url: string): Promise<void>;
  /** Forgets all scripts: after a navigation the same address may hold another text. */
  forget(): void;
  /** Fetches the external map of a script through the page. Resolves with whether it is known then. */
  loadMap(url: string): Promise<boolean>;
  /** Shows the original in Sources, or the script itself where no map is known. Resolves with false for neither. */
  open(frame: StackFrame): Promise<boolean>;
};

const MAPPING = "\n//# sourceMappingURL=";

/** Leads from lines of scripts to the sources that they were built from. Each script is asked for when it is needed. */
export function createSources(host: SourceHost | undefined): Sources {
  const version = signal(0);
  const scripts = new Map<string, Script>();
  const looking = new Map<string, Promise<void>>();

  function know(url: string, script: Script): void {
    scripts.set(url, script);
    version.value++;
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

  function look(url: string): Promise<void> {
    const known = looking.get(url);
    if (known) return known;
    // What fails today, because DevTools was opened late, may be there after a reload.
    const found = find(url).catch(() => undefined);
    looking.set(url, found);
    void found.then(() => scripts.has(url) || looking.delete(url));
    return found;
  }

  const trace = lazyTrace();

  function originalOf(frame: StackFrame): StackFrame | undefined {
    void version.value;
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
    version,
    originalOf,
    look,
    forget() {
      scripts.clear();
      looking.clear();
      version.value++;
    },
    externalMapOf(url) {
      void version.value;
      const script = scripts.get(url);
      return script?.kind === "external" ? script.mapUrl : undefined;
    },
    async loadMap(url) {
      const script = scripts.get(url);
      if (script?.kind !== "external") return script?.kind === "mapped";
      const json = await host?.fetchInPage(script.mapUrl);
      const map = json === undefined ? undefined : await readMap(json, script.mapUrl);
      if (map) know(url, { kind: "mapped", map });
      return map !== undefined;
    },
    async open(frame) {
      if (!host) return false;
      await look(frame.url);
      const original = originalOf(frame);
      // Vite gives an original the address of the script that it became: only one of them is listed.
      const isClash = original?.url === frame.url;
      const listed = isClash || original ? await host.listedType(frame.url) : undefined;
      if (original && (!isClash || listed === "sm-script") && (await host.open(original)))
        return true;
      // The line of the script, opened in an original of the same address, would be a wrong one.
      if (original && listed === "sm-script") return false;
      return host.open(frame);
    },
  };
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
