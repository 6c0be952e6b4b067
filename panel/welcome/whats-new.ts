import { type ReadonlySignal, signal } from "@preact/signals";
import * as v from "valibot";

import { type KeepStorage, readKept } from "../session/kept";

/** What a version brings, in a few words of its section in the changelog. */
export const NEWS = {
  version: "0.2.0",
  words: "both ends of a message, conversations, coding agents",
} as const;

const KEY = "setting:version";

export type WhatsNew = {
  /** The version to tell of; undefined where there is none, or once it was closed. */
  readonly version: ReadonlySignal<string | undefined>;
  close(): void;
};

/**
 * Tells of a version in the first panel that is opened after an update, and never again; after the first installation
 * not at all. To be asked before any setting is kept: what is there then was left by an earlier panel.
 */
export function createWhatsNew(storage: KeepStorage, version: string): WhatsNew {
  const seen = readKept(storage.getItem(KEY), v.string());
  // Version 0.2 and older kept no version, but each of them its theme.
  const wasThere = seen !== undefined || storage.getItem("setting:theme") !== null;
  const told = signal(wasThere && seen !== version ? version : undefined);
  try {
    storage.setItem(KEY, JSON.stringify(version));
  } catch {
    storage.gaveUp?.();
  }
  return { version: told, close: () => void (told.value = undefined) };
}
