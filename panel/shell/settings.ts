import { effect, type Signal } from "@preact/signals";
import * as v from "valibot";

import { keep, type KeepStorage } from "../session/safe-storage";

/**
 * Keeps a choice of the user across panels and sessions, in the extension's own storage. What is found there and does
 * not have the right shape, such as that of an older version, is not used.
 */
export function rememberSetting<T>(
  storage: KeepStorage,
  name: string,
  setting: Signal<T>,
  schema: v.GenericSchema<unknown, T>,
): void {
  const key = `setting:${name}`;
  const saved = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), storage.getItem(key));
  if (saved.success) setting.value = saved.output;
  effect(() => {
    // A choice that was not made is not kept.
    if (setting.value !== undefined) keep(storage, key, JSON.stringify(setting.value));
  });
}
