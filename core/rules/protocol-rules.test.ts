import { describe, expect, test } from "vitest";

import { createDeliveries } from "../delivery/deliveries";
import { createEnds } from "../delivery/ends";
import { viewOf } from "../session/event-view";
import { createSessionLog, type SessionLog } from "../session/session-log";
import { findingsIn, lines, toldBy } from "../testing/findings-in";
import { appendTo } from "../testing/log-of-text";
import { session } from "../testing/session-text";
import { ALL_RULES } from "./all-rules";
import { createRuleEngine } from "./rule-engine";

const rtvi = (type: string, data?: object, id?: string): string =>
  JSON.stringify({ label: "rtvi-ai", type, ...(id && { id }), ...(data && { data }) });
const told = (rule: string, text: string) => toldBy(rule, `0 joined Ada with Bob\n${text}`);

const READY = rtvi("client-ready", { version: "2.1.0" }, "r1");

/** What is found after a minute in a log to which something has happened. */
function foundIn(text: string, change: (log: SessionLog) => void): string[] {
  const log = createSessionLog();
  const ends = createEnds(log, createDeliveries(log));
  const engine = createRuleEngine((callId) => log.calls.get(callId)?.history, ALL_RULES, ends);
  const events = session(`0 joined Ada with Bob\n${text}`);
  for (const event of events)
    engine.take(viewOf(appendTo(log, event), log.calls.get(event.callId)));
  change(log);
  engine.look((events.at(-1)?.at ?? 0) + 60_000);
  return [...engine.findings.values()].map(({ rule }) => rule.id);
}

describe("what is waited for", () => {
  test("is missing only where the page was there to get it", () => {
    const rule = "rtvi-no-bot-ready";
    expect(foundIn(`10 send ${READY} to *`, () => {})).toContain(rule);
    const gone = foundIn(`10 send ${READY} to *`, (log) => {
      for (const document of log.documents.values()) document.isConnected = false;
    });
    expect(gone).not.toContain(rule);
    const paused = foundIn(`10 send ${READY} to *`, (log) => {
      for (const document of log.documents.values()) document.leftOut = 3;
    });
    expect(paused).not.toContain(rule);
  });

  test("may come late, which is told as such", () => {
    expect(
      told(
        "rtvi-no-bot-ready",
        `10 send ${READY} to *
         12000 received ${rtvi("bot-ready", { version: "2.1.0" }, "r1")} from Bob`,
      ),
    ).toHaveLength(1);
  });
});

describe("rtvi-no-bot-ready", () => {
  test("another client that gets ready isn't a bot, and its own wait isn't this page's", () => {
    expect(
      told(
        "rtvi-no-bot-ready",
        `10 send ${READY} to *
         500 received ${rtvi("client-ready", { version: "2.1.0" }, "r2")} from Bob`,
      ),
    ).toEqual(["1 client-ready, and no message from an RTVI bot within 10 s."]);
  });
});

describe("rtvi-versions", () => {
  test("a bot that refuses the version says so, once", () => {
    const error = "Compatible RTVI versions are 2.x.x, not 9.0.0";
    expect(
      told(
        "rtvi-versions",
        `10 send ${rtvi("client-ready", { version: "9.0.0" }, "a")} to *
         300 received ${rtvi("error-response", { error }, "a")} from Bob
         310 received ${rtvi("bot-ready", { version: "2.1.0" }, "a")} from Bob`,
      ),
    ).toEqual([`The client speaks version 9.0.0. The bot answered: ${error}`]);
  });

  test("a bot of 2.x that speaks 1.x with an old client says its version, and all is well", () => {
    expect(
      told(
        "rtvi-versions",
        `10 send ${rtvi("client-ready", { version: "1.0.0" }, "a")} to *
         310 received ${rtvi("bot-ready", { version: "1.0.0" }, "a")} from Bob
         400 received ${rtvi("bot-ready", { version: "2.0.0" }, "of another")} from Bob`,
      ),
    ).toEqual([]);
  });
});

describe("request-without-answer", () => {
  const ask = (t: string, id: string) => rtvi("client-message", { t }, id);
  const answer = (t: string, id: string) => rtvi("server-response", { t }, id);

  test("is told, too, if only a later one is answered; what the panel sent isn't the app's", () => {
    expect(
      told(
        "request-without-answer",
        `10 send ${ask("lights", "a")} to *
         20000 send ${ask("lights", "b")} to *
         20100 received ${answer("lights", "b")} from Bob
         30000 panel send ${ask("lights", "c")} to *`,
      ),
    ).toEqual(["1 request of rtvi client-message lights had no answer within 10 s."]);
  });

  test("thousands that are answered are nothing, and one among them is found", () => {
    const text = lines(3_000, (n) =>
      [
        `${n * 10} send ${ask("lights", `i${n}`)} to *`,
        ...(n === 2_500 ? [] : [`${n * 10 + 5} received ${answer("lights", `i${n}`)} from Bob`]),
      ].join("\n"),
    );
    const found = findingsIn(`0 joined Ada with Bob\n${text}`, "recorded").find(
      ({ rule }) => rule.id === "request-without-answer",
    );
    expect(found).toMatchObject({ count: 1, firstAt: Date.UTC(2026, 0, 1, 12) + 25_000 });
  });
});

describe("function-call-without-result", () => {
  test("tools of Vapi in the page return nothing, and a name may be withheld", () => {
    const vapi = JSON.stringify({
      type: "tool-calls",
      toolCallList: [{ id: "t1", type: "function", function: { name: "now", arguments: "{}" } }],
    });
    expect(
      told(
        "function-call-without-result",
        `10 received ${JSON.stringify(vapi)} from Bob
         20 received ${rtvi("llm-function-call-in-progress", { tool_call_id: "c1" })} from Bob`,
      ),
    ).toEqual(["1 call of a function without a name had no result within 30 s."]);
  });
});

describe("tavus-sequence", () => {
  const said = (seq: number) =>
    JSON.stringify({
      message_type: "conversation",
      event_type: "conversation.utterance",
      conversation_id: "c1",
      seq,
      properties: { role: "user", speech: "Hi" },
    });

  test("what comes late is out of order, and not missing", () => {
    expect(
      told(
        "tavus-sequence",
        `10 received ${said(1)} from Bob
         20 received ${said(4)} from Bob
         30 received ${said(2)} from Bob
         40 received ${said(3)} from Bob`,
      ),
    ).toEqual(["2 messages came after one with a higher seq."]);
  });

  test("where events of the page are missing in between, a gap says nothing", () => {
    const text = `10 received ${said(1)} from Bob\n5000 received ${said(9)} from Bob`;
    const found = foundIn(text, (log) => {
      for (const document of log.documents.values())
        (document.gaps as number[]).push(Date.UTC(2026, 0, 1, 12) + 2_000);
    });
    expect(found).not.toContain("tavus-sequence");
    expect(foundIn(text, () => {})).toContain("tavus-sequence");
  });
});

describe("token-stream-never-stops", () => {
  const rule = "token-stream-never-stops";
  const started = rtvi("bot-llm-started");
  const token = rtvi("bot-llm-text", { text: "Hi" });
  const stopped = rtvi("bot-llm-stopped");

  test("the next turn shows it at once where a bot of 2.x says nothing of an interruption", () => {
    const text = `10 received ${rtvi("bot-ready", { version: "2.1.0" })} from Bob
      20 received ${started} from Bob
      30 received ${token} from Bob
      3000 received ${rtvi("user-started-speaking")} from Bob
      5000 received ${started} from Bob
      5100 received ${token} from Bob
      5200 received ${stopped} from Bob`;
    expect(told(rule, text)).toEqual(["1 response didn’t stop, after 1 token."]);
    expect(told(rule, text.replace("2.1.0", "1.0.0"))).toEqual([]);
  });

  test("a model that goes on after a function, or thinks before its first token, is none", () => {
    expect(
      told(
        rule,
        `10 received ${started} from Bob
         20 received ${token} from Bob
         30 received ${started} from Bob
         80000 received ${token} from Bob
         81000 received ${stopped} from Bob`,
      ),
    ).toEqual([]);
  });
});

describe("handler-crashes-on-other-protocol", () => {
  const rule = "handler-crashes-on-other-protocol";

  test("is told once something else is handled, with all that came before", () => {
    const text = `10 3 times every 10: received ${rtvi("bot-llm-started")} from Bob throwing no type`;
    expect(told(rule, text)).toEqual([]);
    expect(told(rule, `${text}\n500 received "listening" from Bob`)).toEqual([
      "A listener threw on 3 messages of RTVI and handled messages of other types. The last time: TypeError: no type",
    ]);
  });

  test("a listener that throws at everything, or at some messages of its own, is another's matter", () => {
    expect(
      told(
        rule,
        `10 received ${rtvi("bot-llm-started")} from Bob throwing no type
         20 received {"type":"chat"} from Bob throwing no type
         30 received ${rtvi("bot-llm-stopped")} from Bob
         40 received {"type":"bye"} from Bob`,
      ),
    ).toEqual([]);
  });
});

test("a refused message is told with Pipecat's limit, and another limit of the call's own isn't", () => {
  const big = `{"label":"rtvi-ai","type":"send-text","id":"a","data":{"content":"<5000>"}}`;
  expect(told("pipecat-limit", `10 refused send ${big} because Message data too large`)).toEqual([
    "1 message of rtvi send-text used half of daily-js’s 4,096 characters or more: up to 5,069, which was refused.",
  ]);
  const events = session(`0 joined Ada with Bob\n10 send ${big} to *`).map((event) =>
    event.kind === "method-called" ? { ...event, limit: 65_536 } : event,
  );
  expect(toldBy("pipecat-limit", events)).toEqual([]);
});
