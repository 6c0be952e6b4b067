import * as v from "valibot";

import { parseJson } from "../../extension/protocol/payload";
import { createKeptList, type KeepStorage } from "../session/kept";

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const mutesSchema = v.pipe(
  v.array(v.object({ ruleId: name, type: v.exactOptional(name) })),
  v.maxLength(500),
);

/** A rule that is not to be heard of, or only about messages of one type. */
type Mute = v.InferOutput<typeof mutesSchema>[number];

export type Mutes = ReturnType<typeof createMutes>;

const KEY = "muted-rules";
const MAX_MUTES = 500;

/** Mutes that all windows of the panel share. What cannot be stored holds until the panel is closed. */
export function createMutes(storage: KeepStorage) {
  const stored = createKeptList<Mute>(storage, KEY, read, JSON.stringify, "");
  const { list, refresh } = stored;

  function change(make: (mutes: readonly Mute[]) => readonly Mute[]): void {
    if (stored.change(make) === undefined) return;
    list.value = make(list.value);
    storage.gaveUp?.();
  }
  const covers = (each: Mute, ruleId: string, type: string | undefined) =>
    each.ruleId === ruleId && (each.type === undefined || each.type === type);

  return {
    list,
    isMuted: (ruleId: string, type: string | undefined): boolean =>
      list.value.some((each) => covers(each, ruleId, type)),
    mute: (mute: Mute): void =>
      change((mutes) =>
        mutes.some((each) => covers(each, mute.ruleId, mute.type))
          ? mutes
          : [...mutes, mute].slice(-MAX_MUTES),
      ),
    /** Takes away this mute and no other. */
    unmute: ({ ruleId, type }: Mute): void =>
      change((mutes) => mutes.filter((each) => each.ruleId !== ruleId || each.type !== type)),
    /** Takes over what another window of the panel has stored. */
    refresh,
  };
}

function read(text: string | null): readonly Mute[] {
  const parsed = parseJson(text ?? "[]");
  const checked = v.safeParse(mutesSchema, parsed.ok ? parsed.value : []);
  return checked.success ? checked.output : [];
}
