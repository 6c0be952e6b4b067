import { signal, type Signal } from "@preact/signals";
import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const mutesSchema = v.pipe(
  v.array(v.object({ ruleId: name, type: v.exactOptional(name) })),
  v.maxLength(500),
);

/** A rule that is not to be heard of, or only about messages of one type. */
type Mute = v.InferOutput<typeof mutesSchema>[number];

export type Mutes = {
  readonly list: Signal<readonly Mute[]>;
  readonly isMuted: (ruleId: string, type: string | undefined) => boolean;
  mute(mute: Mute): void;
  /** Takes away this mute and no other. */
  unmute(mute: Mute): void;
};

const KEY = "muted-rules";

/** Mutes kept in a storage that only the extension can read. What cannot be stored holds until the panel is closed. */
export function createMutes(storage: Pick<Storage, "getItem" | "setItem">): Mutes {
  const stored = parseJson(storage.getItem(KEY) ?? "[]");
  const checked = v.safeParse(mutesSchema, stored.ok ? stored.value : []);
  const list = signal<readonly Mute[]>(checked.success ? checked.output : []);

  function keep(mutes: readonly Mute[]): void {
    list.value = mutes;
    try {
      storage.setItem(KEY, JSON.stringify(mutes));
    } catch {
      // A full storage: what is seen still holds.
    }
  }
  const covers = (each: Mute, ruleId: string, type: string | undefined) =>
    each.ruleId === ruleId && (each.type === undefined || each.type === type);

  return {
    list,
    isMuted: (ruleId, type) => list.value.some((each) => covers(each, ruleId, type)),
    mute(mute) {
      if (!list.value.some((each) => covers(each, mute.ruleId, mute.type)))
        keep([...list.value, mute].slice(-500));
    },
    unmute: ({ ruleId, type }) =>
      keep(list.value.filter((each) => each.ruleId !== ruleId || each.type !== type)),
  };
}
