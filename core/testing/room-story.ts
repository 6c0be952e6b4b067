/** Several seats of one room, each with a session text of its own, for tests. */
import { createDeliveries } from "../delivery/deliveries";
import { columnsOf, idsInView } from "../delivery/sequence-columns";
import type { SceneContext } from "../delivery/sequence-scene";
import { createSequence } from "../delivery/sequence";
import { createRoomWideList } from "../session/seats";
import { append, createSessionLog, type Entry, openDocument } from "../session/session-log";
import { channelOf } from "../session/event-view";
import { session } from "./session-text";

const LATER = 1e15;

/**
 * A log of several seats; the first is the inspected page. `order`: in which order what they tell gets into the log: by
 * time, or one seat after the other.
 */
export function roomLog(
  stories: Readonly<Record<string, string>>,
  order: "time" | "seats" = "time",
) {
  const log = createSessionLog();
  const all = Object.entries(stories).flatMap(([documentId, text], index) => {
    openDocument(
      log,
      { documentId, frameId: 0, url: "https://app.example/" },
      index === 0 ? undefined : { kind: "tab", tabId: index },
    );
    return session(text, `call-${documentId}`).map((event) => ({ documentId, event }));
  });
  if (order === "time") all.sort((a, b) => a.event.at - b.event.at);
  for (const { documentId, event } of all) append(log, documentId, event);
  return log;
}

/** What is laid out of such a room, when all is known. */
export function roomSequence(
  stories: Readonly<Record<string, string>>,
  order: "time" | "seats" = "time",
) {
  const log = roomLog(stories, order);
  const deliveries = createDeliveries(log);
  while (!deliveries.advance(() => false));
  const callOf = (callId: string) => log.calls.get(callId);
  const sourceOf = (entry: Entry) => deliveries.sourceOf(entry);
  const sequence = createSequence({
    callOf,
    sourceOf: (entry) => sourceOf(entry)?.entry,
    isInView: (id) => idsInView(log).has(id),
  });
  const entries = createRoomWideList(log)
    .entries()
    .filter((entry) => channelOf(entry));
  sequence.advance(entries, () => false, true);
  const columns = columnsOf(sequence.cast, log);
  const context: SceneContext = {
    columns,
    callOf,
    sourceOf,
    outcomeOf: (entry) => deliveries.outcomeOf(entry, LATER),
    now: LATER,
  };
  return { log, entries, sequence, columns, context };
}
