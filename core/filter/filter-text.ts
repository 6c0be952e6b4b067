import { withoutIsolates } from "../lib/visible-text";
import { printFilter } from "./language/print-filter";
import { NO_TYPE } from "../daily/message-type";
import type { RowChannel } from "../session/event-view";
import { channelWord } from "./term-matcher";

/** What to write into the filter to see only what one sender sent. */
export const senderFilter = (name: string): string =>
  term("from", withoutIsolates(name.replace(/ \(you\)$/, "")));

/** What to write into the filter to see only one type of message. */
export function typeFilter({ channel, type }: { channel: RowChannel; type: string }): string {
  const inChannel = term("channel", channelWord(channel));
  // What names no type is counted under the method or event that carried it.
  if (channel !== "app-message") return `${inChannel} ${term("name", type)}`;
  return type === NO_TYPE ? `${inChannel} ${term("type", "*", true)}` : term("type", type);
}

const term = (key: "from" | "type" | "name" | "channel", word: string, isNegated = false): string =>
  printFilter([{ isNegated, condition: { key, values: [word] } }]);
