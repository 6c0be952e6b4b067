import { expect, test } from "vitest";

import { logOf } from "../testing/log-of-text";
import { writeHar } from "./write-har";

type Har = {
  readonly log: {
    readonly creator: object;
    readonly entries: readonly {
      readonly request: { readonly url: string };
      readonly _webSocketMessages: readonly { readonly data: string; readonly type: string }[];
    }[];
  };
};

const harOf = (text: string) => JSON.parse(writeHar(logOf(text), "1.2.3")) as Har;

test("a call is a WebSocket, with what passed through its three channels", () => {
  const { log } = harOf(`0 created
    10 joined Ada with Bob
    20 send {"type":"hand","raised":true} to *
    30 refused send "x" because Message data too large. Max size is 4096
    40 received {"type":"chat"} from Bob
    50 user-data {"hand":true}
    60 session-data shallow-merge {"score":1}`);
  expect(log.creator).toEqual({ name: "Inspector for Daily", version: "1.2.3" });
  expect(log.entries).toHaveLength(1);
  const [entry] = log.entries;
  expect(entry).toMatchObject({ _resourceType: "websocket", time: 40, response: { status: 101 } });
  expect(entry?.request.url).toMatch(/^https:\/\/.*\?of=Ada$/);
  expect(
    entry?._webSocketMessages.map(({ type, data }) => [type, JSON.parse(data) as unknown]),
  ).toEqual([
    ["send", { method: "sendAppMessage", to: ["Everyone"], data: { type: "hand", raised: true } }],
    ["receive", { event: "app-message", from: "Bob", data: { type: "chat" } }],
    ["send", { method: "setUserData", data: { hand: true } }],
    ["send", { method: "setMeetingSessionData", data: { score: 1 } }],
  ]);
});

test("a call in which nothing passed is left out", () => {
  expect(harOf("0 created\n10 joined Ada").log.entries).toEqual([]);
});
