import { expect, test } from "vitest";

import { noteOf } from "./summary";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "../testing/session-text";
import { rowOf } from "./event-view";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** The note of the last event of a session text. */
function note(text: string, part: object = {}): string | undefined {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, { ...event, ...part });
  const [entry, call] = [log.entries.at(-1), log.calls.get(CALL_ID)];
  const row = entry && rowOf(entry, call);
  if (!row || !call) throw new Error("no row");
  return noteOf(entry, row, call);
}

test("a message that no participant sent says where it came from, a simulated one does not", () => {
  const text = `0 created\n1 joined Ada\n2 received {"n":1} from API`;
  expect(note(text)).toContain("by Daily's REST API");
  expect(note(text, { simulated: true })).toBeUndefined();
  expect(note(`0 created\n1 joined Ada\n2 received {"n":1} from Cy`)).toContain("knows no one");
});
