import fc from "fast-check";
import { expect, test } from "vitest";

import {
  AGENT_TOOLS,
  type AgentToolName,
  MAX_LIMIT,
  TEXT_CHARS,
} from "../../extension/protocol/agent-tools";
import type { CommandAction } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { session } from "../testing/session-text";
import { talkLines } from "../testing/talk-story";
import { type AgentCommands, createAgentSession } from "./agent-session";

const REFUSED = "Commands of agents are off.";
const ALLOWED: AgentCommands = {
  whyRefused: () => undefined,
  perform: () => Promise.resolve(undefined),
};

/** A session in which this happened, asked as an agent asks. */
function seen(text: string, commands: AgentCommands = { ...ALLOWED, whyRefused: () => REFUSED }) {
  const events = session(text);
  const now = (events.at(-1)?.at ?? 0) + 60_000;
  const agent = createAgentSession({ documentId: "page", url: "https://app.example/" }, () => now);
  agent.take(events);
  return {
    json: (tool: AgentToolName, args: unknown = {}) =>
      agent.answer({ tool, args: JSON.stringify(args) }, commands),
    ask: async (tool: AgentToolName, args: unknown = {}) =>
      JSON.parse(await agent.answer({ tool, args: JSON.stringify(args) }, commands)) as Answer,
    raw: (tool: string, args: string) => agent.answer({ tool, args }, commands),
  };
}
// oxlint-disable-next-line typescript/no-explicit-any -- looked into field by field
type Answer = any;

const ROOM = `
  0 created
  10 joined Ada with Bob
  20 session-state {"stage":"Ada","poll":{"votes":2}}
  30 updated Bob {"hand":true}
  40 send {"type":"chat","text":"hi"} to Bob
  50 received {"type":"cue","n":1} from Bob
  60 refused send "x" because Message data too large`;

test("calls and their room are told, with the numbers of the events that have all of it", async () => {
  const { ask } = seen(ROOM);
  expect(await ask("daily_calls")).toMatchObject({
    page: "https://app.example/",
    calls: [
      {
        state: "joined",
        room: "https://you.daily.co/qa",
        ownName: "Ada",
        participants: 2,
        events: 7,
      },
    ],
    events: 7,
  });
  expect(await ask("daily_room")).toMatchObject({
    sessionData: {
      event: 3,
      chars: 34,
      maxChars: 102_400,
      value: '{stage: "Ada", poll: {votes: 2}}',
    },
    participants: [
      { name: "Ada", sessionId: "id-ada", isLocal: true },
      { name: "Bob", sessionId: "id-bob", userData: "{hand: true}", event: 4 },
    ],
    total: 2,
  });
  expect((await ask("daily_event", { number: 3 })).data).toEqual({
    stage: "Ada",
    poll: { votes: 2 },
  });
});

test("events pass the panel's filter, by time", async () => {
  const { ask } = seen(ROOM);
  expect(await ask("daily_events", { filter: "channel:app" })).toMatchObject({
    total: 3,
    events: [
      { number: 5, event: "sendAppMessage()", type: "chat", to: ["Bob"], summary: '{text: "hi"}' },
      { number: 6, event: "app-message", type: "cue", from: "Bob", status: "received" },
      { number: 7, status: "refused", error: "Message data too large" },
    ],
  });
  await expect(ask("daily_events", { filter: "larger:3" })).rejects.toThrow(
    'The filter "larger:3": Unknown filter',
  );
});

test("what is counted is what is listed", async () => {
  const { ask } = seen(`${ROOM}\n70 counts 2 and 0 hidden`);
  const { events, calls } = await ask("daily_calls");
  expect([events, calls[0].events]).toEqual([7, 7]);
  expect((await ask("daily_events")).total).toBe(7);
});

test("lists are short, and say how to get more", async () => {
  const { ask, json } = seen(`
    0 joined Ada with Bob
    100 500 times every 10: send {"type":"tick","n":$n,"text":"<3000>"} to *`);
  const first = await ask("daily_events");
  expect(first.events).toHaveLength(20);
  expect(first.events.at(-1).number).toBe(501);
  expect(first.more).toBe("481 older: offset 20");
  expect((await json("daily_events")).length).toBeLessThan(8_000);
  const older = await ask("daily_events", { offset: 20, limit: 2, filter: "type:tick" });
  expect(older.events.map(({ number }: Answer) => number)).toEqual([480, 481]);
  expect((await ask("daily_events", { offset: 500 })).events).toHaveLength(1);
  expect(await ask("daily_events", { offset: 501 })).toEqual({ total: 501, events: [] });
  expect((await json("daily_events", { limit: MAX_LIMIT })).length).toBeLessThan(40_000);
});

test("every number of a list is asked for once when it is paged through", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 25 }),
      async (count, limit) => {
        const { ask } = seen(`0 joined Ada\n10 ${count} times every 10: send {"n":$n} to *`);
        const numbers: number[] = [];
        for (let offset = 0; ; offset += limit) {
          const { events, more } = await ask("daily_events", { offset, limit });
          numbers.unshift(...events.map(({ number }: Answer) => number));
          if (more === undefined) break;
        }
        expect(numbers).toEqual(Array.from({ length: count + 1 }, (_, index) => index + 1));
      },
    ),
    { numRuns: 20 },
  ));

test("one event is told complete, long data in parts that join to the text", async () => {
  const { ask } = seen(`0 joined Ada with Bob\n10 send {"type":"long","text":"<9000>"} to *`);
  let text = "";
  for (let offset = 0; ; offset += TEXT_CHARS) {
    const { dataAsJson, more, chars } = await ask("daily_event", { number: 2, offset });
    expect(chars).toBeGreaterThan(9_000);
    text += dataAsJson;
    if (more === undefined) break;
    expect(more).toContain(`offset ${offset + TEXT_CHARS}`);
  }
  expect(JSON.parse(text).data).toMatchObject({ type: "long" });
  for (const number of [1, 2])
    await expect(ask("daily_event", { number, offset: 99_999 })).rejects.toThrow(
      "There is nothing at offset 99999",
    );
  await expect(ask("daily_event", { number: 3 })).rejects.toThrow(
    "There is no event 3: those that are kept have the numbers 1 to 2.",
  );
});

test("findings come with what to do, the most serious first, and an event names its own", async () => {
  const { ask } = seen(
    `0 created\n5 refused send {"type":"early"} because sendAppMessage() only supported after join.\n10 joined Ada\n20 send {"type":"x"} to *`,
  );
  const { findings, total } = await ask("daily_findings");
  expect(total).toBe(findings.length);
  expect(findings[0]).toMatchObject({ rule: "sent-before-join", level: "error", events: [2] });
  expect(findings[0].toDo).not.toBe("");
  expect((await ask("daily_event", { number: 2 })).findings).toContainEqual(
    expect.objectContaining({ rule: "sent-before-join" }),
  );
  const errors = await ask("daily_findings", { level: "error" });
  expect(errors.findings.every(({ level }: Answer) => level === "error")).toBe(true);
});

test("a conversation is told turn by turn", async () => {
  const { ask } = seen(talkLines());
  const told = await ask("daily_conversation", { limit: 3 });
  expect(told).toMatchObject({
    protocol: "rtvi",
    version: "2.1.0",
    total: 6,
    more: "3 older: offset 3",
  });
  expect(told.turns).toHaveLength(3);
  expect(told.turns[0]).toContain("Vera (bot): It is cold [interrupted");
  expect(await seen(ROOM).ask("daily_conversation")).toMatchObject({ total: 0, turns: [] });
});

test("types are listed, and printed as a contract", async () => {
  const { ask } = seen(ROOM);
  const { types } = await ask("daily_types");
  expect(types.map(({ type }: Answer) => type)).toEqual(
    expect.arrayContaining(["session-data", "user-data", "chat", "cue"]),
  );
  const { contract } = await ask("daily_types", { language: "TypeScript", type: "chat" });
  expect(contract).toContain("export type Chat = ");
  expect(contract).not.toContain("Cue");
  await expect(ask("daily_types", { type: "no" })).rejects.toThrow('No type "no" was seen.');
});

const TOKEN = `eyJ${"a".repeat(20)}.eyJ${"b".repeat(200)}.${"c".repeat(43)}`;
const SECRETS = [TOKEN, "sk_live_0123456789abcdef01", "hunter2hunter2", "sig0123456789abcdef"];

test("nothing that opens something is in any answer, cut short or not", async () => {
  const { json } = seen(`
    0 joined Ada with Bob
    10 session-state {"link":"https://x.example/f?X-Amz-Signature=${SECRETS[3]}"}
    20 updated Bob {"password":"${SECRETS[2]}"}
    30 send {"type":"auth","text":"Bearer ${TOKEN}","key":"${SECRETS[1]}","nested":{"json":"{\\"token\\":\\"${SECRETS[2]}\\"}"}} to *
    40 send "${"x".repeat(TEXT_CHARS - 40)}${TOKEN}" to *`);
  const answers = await Promise.all([
    json("daily_room"),
    json("daily_events"),
    json("daily_types", { language: "TypeScript" }),
    ...[1, 2, 3, 4, 5].map((number) => json("daily_event", { number })),
    json("daily_event", { number: 5, offset: 1_000 }),
    json("daily_findings"),
  ]);
  for (const answer of answers) {
    for (const secret of SECRETS) expect(answer).not.toContain(secret);
    expect(answer).not.toMatch(/b{20}|c{20}/);
  }
});

test("a bad argument gets a sentence", async () => {
  const { raw } = seen(ROOM);
  const said = (tool: string, args: string) =>
    raw(tool, args).catch((error: Error) => error.message);
  expect(await said("daily_nothing", "{}")).toBe('There is no tool "daily_nothing".');
  expect(await said("daily_event", "{}")).toBe(
    "daily_event needs the argument number: Number of the event.",
  );
  expect(await said("daily_event", '{"number":"3"}')).toBe(
    "The argument number of daily_event must be an integer from 1 on.",
  );
  expect(await said("daily_events", '{"limit":101}')).toBe(
    "The argument limit of daily_events must be an integer from 1 to 100.",
  );
  expect(await said("daily_events", '{"filter":3}')).toBe(
    "The argument filter of daily_events must be a string.",
  );
  expect(await said("daily_findings", '{"level":"bad"}')).toBe(
    "The argument level of daily_findings must be one of error, warning, info.",
  );
  expect(await said("daily_calls", '{"toString":1}')).toBe(
    'daily_calls has no argument "toString": it takes none.',
  );
  expect(await said("daily_room", "[]")).toBe(
    "daily_room takes an object: it takes callId, offset, limit.",
  );
  expect(await said("daily_room", '{"callId":"other"}')).toMatch(
    /There is no call "other" in this page/,
  );
  expect(await seen("").raw("daily_room", "{}").catch(String)).toBe(
    "Error: No call was seen in this page.",
  );
});

test("whatever is asked, it is answered or refused with a sentence", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...AGENT_TOOLS.map(({ name }) => name)),
      fc.oneof(fc.json(), fc.string()),
      async (tool, args) => {
        const answer = await seen(ROOM)
          .raw(tool, args)
          .then(JSON.parse, (error: Error) => error.message);
        expect(answer).toBeTruthy();
      },
    ),
    { numRuns: 200 },
  ));

test("commands are refused until they are allowed, and reach the call by the name of whoever is meant", async () => {
  const actions: CommandAction[] = [];
  let isAllowed = false;
  const { ask } = seen(ROOM, {
    whyRefused: () => (isAllowed ? undefined : REFUSED),
    perform(_callId, action) {
      actions.push(action);
      return Promise.resolve(outcome(action));
    },
  });
  const outcome = (action: CommandAction) =>
    ({
      kind: "method-called",
      seq: 8,
      ...(action.json === '"bad"' && { error: { message: "No" } }),
    }) as PageEvent;
  await expect(ask("daily_send_app_message", { data: 1 })).rejects.toThrow(REFUSED);
  isAllowed = true;
  expect(await ask("daily_send_app_message", { data: { a: 1 }, to: "Bob" })).toMatchObject({
    number: 8,
  });
  for (const to of ["Zed", ""])
    await expect(ask("daily_send_app_message", { data: 1, to })).rejects.toThrow(
      `No one has the name or id ${JSON.stringify(to)}. In the call: Ada, Bob.`,
    );
  // What happens with an id of no one is worth a try.
  const gone = "0b5c9ee1-5d6c-4c6f-8c57-6a2c7b1f0a11";
  await ask("daily_send_app_message", { data: 2, to: gone });
  await ask("daily_set_user_data", { data: null });
  await ask("daily_set_session_data", { data: { stage: "Bob" } });
  expect(actions).toEqual([
    { kind: "send-app-message", json: '{"a":1}', to: "id-bob" },
    { kind: "send-app-message", json: "2", to: gone },
    { kind: "set-user-data", json: "null" },
    {
      kind: "set-meeting-session-data",
      json: '{"stage":"Bob"}',
      mergeStrategy: "shallow-merge",
      keysToDelete: [],
    },
  ]);
  await expect(ask("daily_set_session_data", { data: [] })).rejects.toThrow("must be an object");
  await expect(ask("daily_set_user_data", { data: "bad" })).rejects.toThrow("No");
  await expect(
    seen("0 created", ALLOWED).ask("daily_send_app_message", { data: 1 }),
  ).rejects.toThrow("The call has not joined yet.");
  await expect(seen(ROOM, ALLOWED).ask("daily_set_user_data", { data: 1 })).rejects.toThrow(
    "The page didn't answer",
  );
});

test("names and schemas are such that an agent takes them", () => {
  for (const { name, description, inputSchema } of AGENT_TOOLS) {
    expect(name).toMatch(/^[a-z_]{1,64}$/);
    expect(description.length).toBeGreaterThan(20);
    for (const key of inputSchema.required) expect(inputSchema.properties).toHaveProperty(key);
  }
  expect(new Set(AGENT_TOOLS.map(({ name }) => name)).size).toBe(AGENT_TOOLS.length);
  // All of it is read into the context of each agent.
  expect(JSON.stringify(AGENT_TOOLS).length).toBeLessThan(8_000);
});
