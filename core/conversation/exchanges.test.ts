import { expect, test } from "vitest";

import {
  asEvent,
  asRtvi,
  asTavus,
  protocolMessage,
  protocolStory,
} from "../testing/protocol-story";
import { createExchanges } from "./exchanges";
import { createSequences } from "./sequences";

const exchanged = (...story: Parameters<typeof protocolStory>): string[] => {
  const exchanges = createExchanges();
  for (const message of protocolStory(...story)) exchanges.take(message);
  return exchanges
    .list()
    .map(
      ({ label, latencyMs, isFailed, isDone, isExpected, answers }) =>
        `${label} ${latencyMs ?? "–"} ${answers.length}${isFailed ? " failed" : ""}${isDone ? "" : isExpected ? " missing" : " open"}`,
    );
};

test("requests and answers of RTVI, by id", () => {
  expect(
    exchanged(
      asRtvi,
      `
      0 me client-ready {"id":"a","version":"1.0.0"}
      10 me client-message {"id":"b","t":"x"}
      20 me client-message {"id":"c","t":"y"}
      30 me client-message {"id":"d","t":"z"}
      300 bot bot-ready {"id":"a","version":"1.0.0"}
      310 bot server-response {"id":"c","t":"y"}
      320 bot error-response {"id":"b","error":"no"}
      400 bot llm-function-call-in-progress {"tool_call_id":"t1"}
      500 bot llm-function-call {"tool_call_id":"t1","function_name":"f","args":{}}
      650 me llm-function-call-result {"id":"e","tool_call_id":"t1","result":1}
      700 bot ui-job-group {"kind":"group_started","job_id":"j"}
      720 bot ui-job-group {"kind":"job_update","job_id":"j"}
      790 bot ui-job-group {"kind":"group_completed","job_id":"j"}`,
    ),
  ).toEqual([
    "rtvi client-ready 300 1",
    "rtvi client-message 310 1 failed",
    "rtvi client-message 290 1",
    "rtvi client-message – 0 open",
    "rtvi llm-function-call-in-progress – 0 missing",
    "rtvi llm-function-call 150 1",
    "rtvi ui-job-group 20 2",
  ]);
});

test("the history of Prebuilt's chat, by who was asked", () => {
  const exchanges = createExchanges();
  const ask = (index: number, at: number, who: string, event: string, to?: string) =>
    exchanges.take(protocolMessage(index, at, who, asEvent(event, undefined), to));
  ask(0, 0, "me", "request-chat-history", "Ada");
  ask(1, 10, "me", "request-chat-history", "Bob");
  // Bob asks us at the same time.
  ask(2, 20, "Bob", "request-chat-history");
  ask(3, 50, "Bob", "sync-chat-msg");
  ask(4, 60, "Bob", "sync-chat-complete");
  ask(5, 90, "me", "sync-chat-complete", "Bob");
  expect(
    exchanges.list().map((each) => [each.latencyMs, each.answers.length, each.isDone]),
  ).toEqual([
    [undefined, 0, false],
    [40, 2, true],
    [70, 1, true],
  ]);
  exchanges.dropBefore(2);
  expect(exchanges.list().length).toBe(1);
});

test("numbers that are missing, late, or twice", () => {
  const sequences = createSequences();
  const numbers = [5, 6, 9, 8, 10, 10, 4, 12, 11, 1_000_000, 1_000_002];
  numbers.forEach((seq, index) =>
    sequences.take(
      protocolMessage(index, index * 10, "bot", asTavus("conversation.interrupt", { seq })),
    ),
  );
  expect(sequences.gaps().map(({ from, to, missing }) => [from, to, missing])).toEqual([
    [7, 8, 1],
    [1_000_001, 1_000_001, 1],
  ]);
  expect(sequences.reorders().map(({ number, after, at }) => [number, after, at])).toEqual([
    [8, 9, 30],
    [11, 12, 80],
  ]);
});
