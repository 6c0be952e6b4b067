import { type ReadonlySignal, signal } from "@preact/signals";
import * as v from "valibot";

import { type Baseline, readBaseline, writeBaseline } from "../../core/contract/baseline";
import { countText } from "../../core/lib/texts";
import { readKept, type SafeStorage } from "../session/kept";

export type KeptBaseline = Baseline & {
  /** Whether it holds only until the panel is closed. */
  readonly isShortLived: boolean;
};

export type Baselines = {
  /** The origins that have one, and when it was kept (ISO 8601), the latest last. */
  readonly list: ReadonlySignal<readonly Listed[]>;
  /** The baseline of an origin; the same object as long as it is. */
  of(origin: string): KeptBaseline | undefined;
  /** Keeps one in the place of the one that its origin has. Returns what is wrong, where it only holds for now. */
  keep(baseline: Baseline): string | undefined;
  clear(origin: string): void;
  /** Takes over what another window of the panel has stored. */
  refresh(): void;
};

const listSchema = v.array(
  v.object({ origin: v.string(), savedAt: v.string(), chars: v.number() }),
);
type Listed = v.InferOutput<typeof listSchema>[number];

const LIST = "baselines";
const keyOf = (origin: string) => `baseline:${origin}`;

/** UTF-16 units of all of them, of some five million that a browser gives. */
const MAX_CHARS = 2_000_000;
const MAX_ORIGINS = 50;

/** Baselines by the origin of their pages, in a storage that only the extension can read. */
export function createBaselines(
  storage: Pick<SafeStorage, "getItem" | "setItem" | "removeItem">,
): Baselines {
  const stored = () => readKept(storage.getItem(LIST), listSchema) ?? [];
  const list = signal<readonly Listed[]>(stored());
  /** What could not be stored, by origin. */
  const forNow = new Map<string, { readonly text: string; readonly savedAt: string }>();
  const read = new Map<string, { readonly text: string; readonly baseline: KeptBaseline }>();

  const others = (origin: string) => stored().filter((each) => each.origin !== origin);

  function show(): void {
    const temporary = [...forNow].map(([origin, { text, savedAt }]) => ({
      origin,
      savedAt,
      chars: text.length,
    }));
    list.value = [...stored().filter(({ origin }) => !forNow.has(origin)), ...temporary];
  }

  /** Returns whether it is stored. What doesn't fit is taken out again. */
  function store(origin: string, text: string, savedAt: string): boolean {
    const rest = others(origin);
    try {
      storage.setItem(keyOf(origin), text);
      storage.setItem(LIST, JSON.stringify([...rest, { origin, savedAt, chars: text.length }]));
      return true;
    } catch {
      remove(origin);
      return false;
    }
  }

  function remove(origin: string): void {
    storage.removeItem(keyOf(origin));
    try {
      storage.setItem(LIST, JSON.stringify(others(origin)));
    } catch {
      // A list that names one more than there is does no harm.
    }
  }

  return {
    list,
    of(origin) {
      const temporary = forNow.get(origin);
      const text = temporary?.text ?? storage.getItem(keyOf(origin));
      if (text === null) return undefined;
      const known = read.get(origin);
      if (known?.text === text) return known.baseline;
      const file = readBaseline(text);
      if (!file.ok) return undefined;
      const baseline = { ...file.baseline, origin, isShortLived: temporary !== undefined };
      read.set(origin, { text, baseline });
      return baseline;
    },
    keep(baseline) {
      const { origin, savedAt } = baseline;
      const text = writeBaseline(baseline);
      const rest = others(origin);
      const chars = rest.reduce((sum, each) => sum + each.chars, text.length);
      read.delete(origin);
      forNow.delete(origin);
      const hasRoom = chars <= MAX_CHARS && rest.length < MAX_ORIGINS;
      const isStored = hasRoom && store(origin, text, savedAt.toISOString());
      if (!isStored) {
        remove(origin);
        forNow.set(origin, { text, savedAt: savedAt.toISOString() });
      }
      show();
      if (isStored) return undefined;
      return rest.length > 0
        ? `No room to keep it (${countText(text.length)} characters): the baseline holds until the panel is closed. To keep it, export it, or clear one of another page`
        : `No room to keep it (${countText(text.length)} characters): the baseline holds until the panel is closed. To keep it, export it`;
    },
    clear(origin) {
      forNow.delete(origin);
      read.delete(origin);
      remove(origin);
      show();
    },
    refresh: show,
  };
}
