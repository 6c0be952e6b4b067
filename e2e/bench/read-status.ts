import type { Frame } from "@playwright/test";

export type Status = {
  readonly events: number;
  readonly dropped: number;
  readonly folded: number;
};

/** What the panel's status bar says. */
export async function readStatus(panel: Frame): Promise<Status> {
  const parts = await panel.evaluate(() =>
    [...document.querySelectorAll(".status-bar > *")].map((each) => each.textContent ?? ""),
  );
  const count = (word: string): number => {
    const part = parts.find((each) => new RegExp(`^[\\d,.]+ ${word}`).test(each));
    return Number(part?.replace(/\D/g, "") ?? 0);
  };
  return { events: count("event"), dropped: count("dropped"), folded: count("(?:removed|folded)") };
}

/** Everything that the panel knows to have happened, shown or not. */
export const total = ({ events, dropped, folded }: Status): number => events + dropped + folded;
