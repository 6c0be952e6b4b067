import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { measure, toPayload } from "../../extension/protocol/payload";
import { ALL_SAMPLES } from "../testing/samples";
import { NO_FILTER } from "../filter/filter";
import type { Recording } from "./recording";
import { exported, imported, INFO, storeOf } from "../../panel/testing/recording-files";
import { momentsOf, roomAt } from "../session/room-at";
import { printRows } from "../testing/print-rows";
import { session } from "../testing/session-text";
import { readRecording } from "./read-recording";
import { createStore, type Store } from "../../panel/shell/store";

const LINES = [
  "joined Ada with Bob, Cy",
  "joins Dee",
  "left Bob",
  'updated Cy {"hand":true}',
  'send {"kind":"chat","n":1} to *',
  'send {"kind":"wave"} to Bob',
  'refused send "x" because Message data too large',
  'received {"kind":"chat"} from Bob',
  'unheard {"kind":"ping"} from API',
  'user-data {"hand":1}',
  "settles 3 resolved object",
  'session-data replace {"a":1}',
  'session-data shallow-merge {"b":2}',
  'session-state {"a":1}',
  'session-state {"a":1,"b":2}',
  "leaves",
] as const;

const story = fc
  .array(fc.constantFrom(...LINES), { maxLength: 30 })
  .map((lines) => ["0 created", ...lines.map((line, n) => `${(n + 1) * 200} ${line}`)].join("\n"));
const filters = fc.constantFrom(
  { channels: new Set(["app-message"] as const) },
  { channels: new Set(["session-data", "people"] as const) },
  { text: "chat" },
  { text: "bob" },
  { callId: "call-2" },
);
const twoCalls = (first: string, second: string) =>
  storeOf(session(first, "call-1"), session(second, "call-2"));

/** All that can be seen of a session: rows, calls, the room at each of its moments, what is missing. */
function sightOf(store: Store) {
  const calls = store.calls.value.map((summary) => {
    const call = store.callOf(summary.callId);
    const moments = call ? momentsOf(call.history) : [];
    return {
      summary,
      status: call?.status,
      writes: [...(call?.history.session.writes.values() ?? [])].map(({ seq, fate }) => ({
        seq,
        fate,
      })),
      userData: [...(call?.history.userData.writes ?? [])],
      rooms: moments.map((seq) => call && roomAt(call.history, seq)),
    };
  });
  return { rows: rowsOf(store), calls, dropped: store.counts.value.dropped };
}

const rowsOf = (store: Store): string[] =>
  store.shown.value.entries.flatMap((entry) =>
    printRows([entry], store.callOf(entry.event.callId), 0).map(
      (row) => `${entry.event.seq} ${row}`,
    ),
  );

describe("exported and imported, it is the same session", () => {
  test("when all of it is", async () => {
    await fc.assert(
      fc.asyncProperty(story, story, async (first, second) => {
        const store = twoCalls(first, second);
        const text = await exported(store);
        const { store: again } = await imported(text);
        expect(sightOf(again)).toEqual(sightOf(store));
        expect(again.session.value.source?.leftOut).toBe(0);
        expect(JSON.parse(await exported(again))).toEqual(JSON.parse(text));
      }),
    );
  });

  test("when only what the filter shows is: the same rows pass it, and the state is the same", async () => {
    await fc.assert(
      fc.asyncProperty(story, story, filters, async (first, second, filter) => {
        const store = twoCalls(first, second);
        store.filter.value = { ...NO_FILTER, ...filter };
        const { entries } = store.shown.value;
        const { store: again } = await imported(await exported(store, { entries }));
        again.filter.value = store.filter.value;
        const [before, after] = [sightOf(store), sightOf(again)];
        expect(after.rows).toEqual(before.rows);
        const isThere = new Set(entries.map(({ event }) => event.callId));
        expect(after.calls).toEqual(
          before.calls.filter(({ summary }) => isThere.has(summary.callId)),
        );
        expect(after.dropped).toBe(0);
      }),
    );
  });
});

const TALK = session(
  '0 created\n1 joined Ada with Bob\n2 send 1 to *\n3 send 2 to *\n4 session-data replace {"a":1}\n5 session-state {"a":1}\n6 send 3 to *',
);

describe("a part of a session says that it is one", () => {
  test("events that were not chosen are left out, not dropped", async () => {
    const store = storeOf(TALK);
    const entries = store.shown.value.entries.slice(2, 3);
    const text = await exported(store, { entries });
    expect((JSON.parse(text) as Recording).events.map(({ seq }) => seq)).toEqual([1, 2, 3, 5, 6]);
    const { store: again } = await imported(text);
    expect(again.session.value.source?.leftOut).toBe(2);
    expect(again.counts.value.dropped).toBe(0);
    // Of a part, too, a part can be made.
    const less = JSON.parse(await exported(again, { entries: [] })) as Recording;
    expect(less.documents).toEqual([]);
    const same = JSON.parse(await exported(again)) as Recording;
    expect(same.documents[0]?.leftOut).toBe(2);
  });

  test("so are those that were cleared or folded; what the page dropped stays dropped", async () => {
    const store = storeOf([...TALK, ...session("9 send 9 to *", "call-1", 10)]);
    store.clear();
    store.received("document-0", {
      ok: true,
      events: session("10 send 10 to *\n11 send 11 to *", "call-1", 14),
      invalid: 0,
    });
    const [document] = (JSON.parse(await exported(store)) as Recording).documents;
    expect(document).toMatchObject({ dropped: 3, leftOut: 8 });
    const { store: again } = await imported(await exported(store));
    expect(again.counts.value).toMatchObject({ events: 2, dropped: 3 });
  });

  test("frames, and pages that were left, stay what they are", async () => {
    const store = storeOf(TALK, session("0 created", "call-2"));
    store.documentClosed("document-1");
    const { store: again } = await imported(await exported(store));
    expect(again.calls.value.map(({ label }) => label)).toEqual([
      "you.daily.co/qa · Ada · joined",
      "app.example/ · page left · in a frame",
    ]);
    expect(again.calls.value.map(({ name }) => name)).toEqual([
      "you.daily.co/qa · Ada",
      "app.example/ · in a frame",
    ]);
  });
});

describe("masked", () => {
  const secret = fc
    .string({ unit: fc.constantFrom(...Array.from("SECRÄT漢🎉 ")), minLength: 4, maxLength: 30 })
    .filter((text) => text.trim().length >= 4);

  test("it keeps every size and hides every text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(secret, { minLength: 6, maxLength: 12 }), async (secrets) => {
        const events = withSecrets(secrets);
        const text = await exported(storeOf(events), { isMasked: true });
        for (const each of secrets) expect(text).not.toContain(JSON.stringify(each).slice(1, -1));
        const masked = JSON.parse(text) as Recording;
        expect(masked.masked).toBe(true);
        expect(masked.events.map(sizesOf)).toEqual(events.map(sizesOf));
        const { store } = await imported(text);
        expect(store.counts.value.events).toBe(events.length);
      }),
    );
  });

  test("every kind of event passes the checks of an import", async () => {
    const events = ALL_SAMPLES.map((event, index) => ({ ...event, seq: index + 1 }));
    const { store } = await imported(await exported(storeOf(events), { isMasked: true }));
    expect(store.counts.value.events).toBe(events.length);
    expect(store.session.value.source).toMatchObject({ isMasked: true, skipped: { count: 0 } });
    expect(JSON.stringify(store.session.value.log.entries)).not.toMatch(
      /Ada|app\.example|you\.daily/,
    );
  });

  test("one person is one person, and what became of each write is the same", async () => {
    await fc.assert(
      fc.asyncProperty(story, async (text) => {
        const store = storeOf(session(text));
        const { store: again } = await imported(await exported(store, { isMasked: true }));
        const fates = (of: Store) =>
          sightOf(of).rows.map((row) => `${row.slice(0, 3)} ${/\[[^\]]*\]$/.exec(row)?.[0] ?? ""}`);
        expect(fates(again)).toEqual(fates(store));
      }),
    );
  });
});

/** Events of every kind that can hold a text of the app, its users or its addresses, each holding secrets. */
function withSecrets(secrets: readonly string[]): PageEvent[] {
  const [a = "", b = "", c = "", d = "", e = "", f = ""] = secrets;
  const [created, joined] = session("0 created\n1 joined Ada") as [PageEvent, PageEvent];
  const person = { session_id: a, user_id: b, user_name: c, local: true };
  const error = { name: d, message: e, stack: `${f}\n${e}` };
  const common = { callId: "call-1", at: 1 };
  const emitted = { ...common, kind: "daily-event", listeners: 1, handlerMs: 0 } as const;
  return [
    { ...created, url: a } as PageEvent,
    {
      ...joined,
      room: b,
      participants: [{ participant: person, payload: toPayload(secrets) }],
    } as PageEvent,
    {
      ...common,
      seq: 3,
      kind: "method-called",
      method: "sendAppMessage",
      payload: toPayload({
        text: secrets,
        deep: { [a]: { a, n: 1_234.5 } },
        json: JSON.stringify({ a }),
      }),
      by: "page",
      outcome: "threw",
      error,
      to: [a, b],
      stack: `at ${c} (${d})`,
    },
    {
      ...emitted,
      seq: 4,
      name: "app-message",
      payload: toPayload(e),
      fromId: a,
      handlerError: error,
    },
    { ...emitted, seq: 5, name: "error", errorMsg: f, type: "x", details: toPayload(secrets) },
    { ...emitted, seq: 6, name: "network-connection", type: "sfu", event: "x", session_id: a },
    { ...common, seq: 7, kind: "capture-problem", where: "emit", message: c },
    { ...common, seq: 8, kind: "command-failed", commandId: "1", message: d },
  ];
}

function sizesOf(event: PageEvent) {
  const payload = "payload" in event ? event.payload : undefined;
  return payload && { ...measure(payload.json), chars: payload.chars, bytes: payload.bytes };
}

test("whatever a page and a long session come to, what is exported imports again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        documents: fc.constantFrom(1, 3, 1_200),
        calls: fc.constantFrom(1, 1_100),
        url: fc.constantFrom("https://app.example/", `https://app.example/?${"x".repeat(25_000)}`),
        firstSeq: fc.constantFrom(1, 2 ** 60),
      }),
      async ({ documents, calls, url, firstSeq }) => {
        const store = createStore();
        store.preserveLog.value = true;
        let events = 0;
        for (let d = 0; d < documents; d++) {
          const documentId = `document-${d}`;
          store.documentOpened({ documentId, frameId: d, url });
          const created = Array.from({ length: d === 0 ? calls : 1 }, (_, c) => {
            const [event] = session("0 created", `call-${d}-${c}`);
            return { ...event, seq: firstSeq + c } as PageEvent;
          });
          // Past 2^53 numbers are no longer one apart: one event says it all.
          const distinct = firstSeq === 1 ? created : created.slice(0, 1);
          store.received(documentId, { ok: true, events: distinct, invalid: 0 });
          events += distinct.length;
        }
        const page = { url, title: url };
        const written = await store.writeRecording(
          { ...INFO, page, userAgent: url },
          { entries: undefined, isMasked: false },
        );
        const file = readRecording(await written.text());
        expect(file).toMatchObject({ ok: true });
        if (file.ok) expect(file.head.events).toBe(events);
      },
    ),
    { numRuns: 12 },
  );
}, 30_000);
