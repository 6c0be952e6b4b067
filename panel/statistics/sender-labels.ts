import type { CallState } from "../../core/session/call-state";
import { senderOf } from "./message-fact";
import { labelsApart } from "../../core/session/people";

export type Senders = {
  /** Who a sender is, so that no two of them look the same. */
  readonly labelOf: (from: string) => string;
  /** What a filter finds this sender by, and as far as possible no other. */
  readonly wordFor: (from: string) => string;
};

/** Names of senders who are shown together, as the calls know them now. */
export function nameSenders(
  all: Iterable<string>,
  callOf: (callId: string) => CallState | undefined,
): Senders {
  const keys = [...all];
  const labels = labelsApart(keys.map((from) => senderOf(from, callOf)));
  const labelByKey = new Map(keys.map((from, place) => [from, labels[place] as string]));
  const labelOf = (from: string) => labelByKey.get(from) ?? senderOf(from, callOf).label;
  const wordFor = (from: string) => {
    const { label, id } = senderOf(from, callOf);
    return labelOf(from) === label ? label : id;
  };
  return { labelOf, wordFor };
}
