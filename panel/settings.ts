import { effect, type Signal } from "@preact/signals";

/** Keeps a choice of the user across panels and sessions, in the extension's own storage. */
export function rememberSetting(name: string, setting: Signal<boolean>): void {
  const key = `setting:${name}`;
  const saved = localStorage.getItem(key);
  if (saved !== null) setting.value = saved === "true";
  effect(() => localStorage.setItem(key, String(setting.value)));
}
