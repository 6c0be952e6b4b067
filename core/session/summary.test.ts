import { expect, test } from "vitest";

import { noteOf } from "./summary";
import { append, createSessionLog, openDocument } from "./session-log";
import { CALL_ID, session } from "../testing/session-text";
import { rowOf } from "./event-view";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/" };

/** The last event of a session text. */
function last(text: string, part: object = {}) {
  const log = createSessionLog();
  openDocument(log, PAGE);
  for (const event of session(text)) append(log, PAGE.documentId, { ...event, ...part });
  const [entry, call] = [log.entries.at(-1), log.calls.get(CALL_ID)];
  const row = entry && rowOf(entry, call);
  if (!row || !call) throw new Error("no row");
  return { entry, row, call };
}

function note(text: string, part: object = {}): string | undefined {
  const { entry, row, call } = last(text, part);
  return noteOf(entry, row, call);
}

test("a message that no participant sent says where it came from, a simulated one does not", () => {
  const text = `0 created\n1 joined Ada\n2 received {"n":1} from API`;
  expect(note(text)).toContain("by Daily's REST API");
  expect(note(text, { simulated: true })).toBeUndefined();
  expect(note(`0 created\n1 joined Ada\n2 received {"n":1} from Cy`)).toContain("knows no one");
});

test.each([
  [
    `{"label":"rtvi-ai","type":"user-transcription","data":{"text":"what is","final":false}}`,
    'rtvi user-transcription: user (interim): "what is"',
  ],
  [
    `{"label":"rtvi-ai","type":"bot-transcription","id":"1","data":{"text":"Hi"}}`,
    'rtvi bot-transcription: bot: "Hi"',
  ],
  [`{"label":"rtvi-ai","type":"bot-ready","id":"1","data":{}}`, "rtvi bot-ready: "],
  [`{"label":"rtvi-ai","type":"odd","id":"1","data":{"a":1}}`, "rtvi odd: {a: 1}"],
  [`{"event":"chat-msg","message":"hi","name":"Ada"}`, 'chat-msg: Ada: "hi"'],
  [`"{\\"type\\":\\"metadata\\",\\"metadata\\":\\"x\\"}"`, 'metadata: {metadata: "x"}'],
  [`"{\\"type\\":\\"hello\\",\\"n\\":1}"`, "hello: {n: 1}"],
  [`"playable"`, "playable: "],
  [`{"type":"move","x":1}`, "move: {x: 1}"],
])("a message of a protocol is what it says: %s", (json, line) => {
  const { row } = last(`0 created\n1 joined Ada with Bot\n2 received ${json} from Bot`);
  expect(`${row.type?.label}: ${row.summary}`).toBe(line);
});

test("a type is read where the app has it", () => {
  const text = `0 created\n1 joined Ada with Bob\n2 received {"type":"x","name":"hi","a":1} from Bob`;
  const { entry, call } = last(text);
  const row = rowOf(entry, { ...call, typePath: [["name"]] });
  expect([row?.type?.label, row?.summary]).toEqual(["hi", '{type: "x", a: 1}']);
});
