import { countText } from "../lib/count-text";

/** A count with its noun: `1 message`, `1,200 messages`. `plural` where an s will not do. */
export const howMany = (count: number, noun: string, plural = `${noun}s`): string =>
  `${countText(count)} ${count === 1 ? noun : plural}`;
