import { createBatchWindow } from "./batch-window";

export type UserDataPropagation = {
  readonly set: (userData: unknown) => void;
  readonly cancel: () => void;
};

/**
 * Passes user data on after a delay, and then only the last value set: everyone ends on the same value, but the others
 * may never see those in between (docs.daily.co/reference/daily-js/instance-methods/set-user-data).
 */
export function createUserDataPropagation(
  delayMs: () => number,
  propagate: (userData: unknown) => void,
): UserDataPropagation {
  let latest: unknown;
  const batch = createBatchWindow(delayMs, () => propagate(latest));

  return {
    set(userData) {
      latest = userData;
      batch.open();
    },
    cancel: batch.cancel,
  };
}
