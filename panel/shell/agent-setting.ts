import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether coding agents may have pages send and set data. */
export type AgentSetting = {
  readonly isOn: ReadonlySignal<boolean>;
  /** Reads it again: another window of the panel may have changed it. */
  refresh(): void;
  /** Changes it where the background reads it. Goes back where that isn't possible. */
  set(isOn: boolean): void;
};

/** The setting as it is kept by `keep` and read by `read`. Off while it isn't known. */
export function createAgentSetting(
  read: () => Promise<boolean>,
  keep: (isOn: boolean) => Promise<void>,
): AgentSetting {
  const isOn = signal(false);
  const refresh = () => void read().then((kept) => (isOn.value = kept));
  refresh();
  return {
    isOn,
    refresh,
    set(wanted) {
      isOn.value = wanted;
      void keep(wanted).then(refresh, refresh);
    },
  };
}
