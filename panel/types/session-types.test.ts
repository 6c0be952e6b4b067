import { signal } from "@preact/signals";
import fc from "fast-check";
import { expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { writeBaseline } from "../../core/contract/baseline";
import { NO_FILTER } from "../../core/filter/filter";
import { append, openDocument } from "../../core/session/session-log";
import { session as events } from "../../core/testing/session-text";
import { createMemoryStorage } from "../session/kept";
import { createSession, type Session, type SessionSource } from "../session/session";
import { IN_ORDER } from "../session/arrangement";
import { type Baselines, createBaselines } from "./baselines";
import { createSessionTypes, type SessionTypes } from "./session-types";

const PAGE = { documentId: "page", frameId: 0, url: "https://app.example/room" };
const ORIGIN = "https://app.example";

const newSession = (source?: SessionSource) =>
  createSession(
    {
      filter: signal(NO_FILTER),
      arrangement: signal(IN_ORDER),
      clock: signal(0),
      find: signal(""),
      showsRoom: signal(false),
    },
    source,
    { later: () => {} },
  );

/** A session with its types, in which time passes only when it is told to. */
function setup(baselines: Baselines = createBaselines(createMemoryStorage())) {
  const queue: (() => void)[] = [];
  const shown = signal<Session>(newSession());
  openDocument(shown.value.log, PAGE);
  const types = createSessionTypes(shown, baselines, (run) => queue.push(run));
  return {
    shown,
    types,
    baselines,
    queue,
    receive(list: readonly PageEvent[]): void {
      for (const event of list) append(shown.value.log, PAGE.documentId, event);
      shown.value.changed();
    },
    settle(): void {
      for (let run = queue.shift(); run; run = queue.shift()) run();
    },
  };
}

/** All that is known of the types, as plain data. */
const read = ({ current }: SessionTypes) => {
  const { contract, values, drift, splits, isComplete } = current.value;
  const senders = [...contract.types.values()].map((type) => [...type.senders]);
  return {
    text: writeBaseline({ contract, savedAt: new Date(0), origin: ORIGIN }),
    ...structuredClone({ values, isComplete, senders, splits, departures: drift?.departures }),
  };
};

const labels = ({ current }: SessionTypes) =>
  [...current.value.contract.types.values()].map(({ channel, label, count }) =>
    [channel, label, count].join(" "),
  );

test("a log that hasn't been read yet isn't called complete", () => {
  const { types, receive, settle } = setup();
  receive(events(STORY));
  settle();
  const leave = types.follow();
  expect(types.current.value).toMatchObject({ values: 0, isComplete: false });
  settle();
  expect(types.current.value.isComplete).toBe(true);
  expect(types.current.value.values).toBeGreaterThan(0);
  leave();
});

const STORY = `
0 created
1 joined Ada with Bob
2 send {"type":"chat","text":"hi"} to *
3 received {"type":"chat","text":"hello","lang":"en"} from Bob
4 user-data {"hand":"up"}
5 updated Bob {"hand":"down"}
6 session-data shallow-merge {"poll":{"votes":1}}
7 session-state {"poll":{"votes":1},"stage":"bob"}
8 refused send {"type":"refused"} because too large
9 panel send {"type":"tried"} to *
10 received {"label":"rtvi-ai","type":"server-message","data":{"type":"sticker","n":1}} from Bob
11 received "{\\"type\\":\\"quoted\\"}" from Bob
12 send [1] to *`;

test("messages, user data and states of the room are learned; what was refused or tried isn't", () => {
  const { types, receive, settle } = setup();
  types.follow();
  receive(events(STORY));
  settle();
  expect(labels(types)).toEqual([
    "app-message chat 2",
    "user-data  2",
    "session-data  1",
    "app-message rtvi server-message: sticker 1",
    "app-message quoted 1",
    "app-message (no type) 1",
  ]);
  const chat = types.current.value.contract.types.get("app-message chat");
  expect([...(chat?.senders ?? [])]).toEqual([
    ["id-ada", 1],
    ["id-bob", 1],
  ]);
});

test("nothing is looked at while no one asks and there is no baseline", () => {
  const { types, receive, settle } = setup();
  receive(events(STORY));
  settle();
  expect(labels(types)).toEqual([]);
  const stop = types.follow();
  settle();
  expect(types.current.value.values).toBeGreaterThan(0);
  const seen = types.current.value.values;
  stop();
  receive(events(`0 received {"type":"late"} from Bob`, "call-1", 50));
  settle();
  expect(types.current.value.values).toBe(seen);
});

test("what came piece by piece is known as if it had been there from the start", () => {
  const message = fc
    .record({
      how: fc.constantFrom("send", "received"),
      type: fc.constantFrom("chat", "cue"),
      value: fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom(1, "x", null), {
        maxKeys: 2,
      }),
    })
    .map(({ how, type, value }) => {
      const json = JSON.stringify({ type, ...value });
      return how === "send" ? `send ${json} to *` : `received ${json} from Bob`;
    });
  fc.assert(
    fc.property(fc.array(fc.array(message, { maxLength: 6 }), { maxLength: 6 }), (pieces) => {
      const grown = setup();
      const whole = setup();
      for (const each of [grown, whole]) keepStory(each.baselines);
      grown.types.follow();
      const lines = [["created", "joined Ada with Bob"], ...pieces];
      let seq = 1;
      const all: PageEvent[] = [];
      for (const piece of lines) {
        const text = piece.map((line, at) => `${seq + at} ${line}`).join("\n");
        const list = piece.length > 0 ? events(text, "call-1", seq) : [];
        seq += list.length;
        all.push(...list);
        grown.receive(list);
        grown.settle();
      }
      whole.receive(all);
      whole.types.follow();
      whole.settle();
      expect(read(grown.types)).toEqual(read(whole.types));
    }),
    { numRuns: 40 },
  );
});

/** Keeps the types of the story as the baseline of its page. */
function keepStory(baselines: Baselines): void {
  const { types, receive, settle } = setup();
  types.follow();
  receive(events(STORY));
  settle();
  const { contract } = types.current.value;
  expect(baselines.keep({ contract, savedAt: new Date(0), origin: ORIGIN })).toBeUndefined();
}

test("a departure is found with its first event and its sender, though no one looks", () => {
  const { types, baselines, receive, settle } = setup();
  receive(events(STORY));
  keepStory(baselines);
  settle();
  expect(types.current.value.drift?.departures).toEqual([]);

  receive(
    events(
      `20 received {"type":"chat","text":7} from Bob
       21 received {"type":"chat","text":8} from Bob
       22 send {"type":"fresh"} to *`,
      "call-1",
      20,
    ),
  );
  settle();
  expect(types.current.value.drift?.departures).toMatchObject([
    {
      kind: "other-type",
      label: "chat",
      path: ["text"],
      expected: ["string"],
      got: ["integer"],
      count: 2,
      first: { seq: 20, callId: "call-1", sender: "id-bob" },
    },
    { kind: "new-type", label: "fresh", first: { seq: 22, sender: "id-ada" } },
  ]);
  baselines.clear(ORIGIN);
  types.follow();
  settle();
  expect(types.current.value.drift).toBeUndefined();
});

test("another session has types of its own; that of a masked recording has no baseline", () => {
  const { types, baselines, shown, receive, settle } = setup();
  keepStory(baselines);
  receive(events(STORY));
  types.follow();
  settle();
  expect(types.baseline.value?.origin).toBe(ORIGIN);

  const source = {
    name: "file.json",
    recordedAt: "2026-01-01T12:00:00Z",
    page: { url: `${ORIGIN}/other`, title: "" },
    userAgent: "",
    leftOut: 0,
    skipped: { count: 0, first: "" },
  };
  const recorded = newSession({ ...source, isMasked: false });
  openDocument(recorded.log, PAGE);
  for (const event of events(`0 created\n1 joined Ada\n2 send {"type":"own"} to *`))
    append(recorded.log, PAGE.documentId, event);
  shown.value = recorded;
  settle();
  expect(labels(types)).toEqual(["app-message own 1"]);
  expect(types.current.value.drift?.departures).toMatchObject([{ kind: "new-type", label: "own" }]);

  shown.value = newSession({ ...source, isMasked: true });
  settle();
  expect(types.baseline.value).toBeUndefined();
});
