import { type ReadonlySignal, signal } from "@preact/signals";

import { createSourceMaps, type ScriptHost, type SourceMaps } from "../../core/lib/source-maps";
import type { StackFrame } from "../../core/lib/stack";

/** What DevTools can tell of the scripts of the inspected page. */
export type SourceHost = ScriptHost & {
  /** What DevTools lists under an address: `script`, `sm-script` (an original); undefined for nothing. */
  readonly listedType: (url: string) => Promise<string | undefined>;
  /** Shows a place in the Sources panel. Resolves with false where it can't. */
  readonly open: (frame: StackFrame) => Promise<boolean>;
};

export type Sources = SourceMaps & {
  /** Changes when more is known. */
  readonly version: ReadonlySignal<number>;
  /** Shows the original in Sources, or the script itself where no map is known. Resolves with false for neither. */
  open(frame: StackFrame): Promise<boolean>;
};

/** Leads from lines of scripts to the sources that they were built from. Each script is asked for when it is needed. */
export function createSources(host: SourceHost | undefined): Sources {
  const version = signal(0);
  const maps = createSourceMaps(host, () => void version.value++);

  function originalOf(frame: StackFrame): StackFrame | undefined {
    void version.value;
    return maps.originalOf(frame);
  }

  return {
    ...maps,
    version,
    originalOf,
    externalMapOf(url) {
      void version.value;
      return maps.externalMapOf(url);
    },
    async open(frame) {
      if (!host) return false;
      await maps.look(frame.url);
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
