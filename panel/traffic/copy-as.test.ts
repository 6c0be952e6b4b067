import { expect, test } from "vitest";

import { copyForms } from "./copy-as";
import type { Entry } from "../../core/session/session-log";
import { session } from "../../core/testing/session-text";

/** The forms of the one event of a session text, by name. */
function formsOf(line: string, part: object = {}): Record<string, string> {
  const [event] = session(`1 ${line}`);
  const entry = { documentId: "page", event: { ...event, ...part } } as Entry;
  const forms = copyForms(entry, "https://you.daily.co/qa");
  return Object.fromEntries(forms.map(({ name, text }) => [name, text]));
}

/** What a copied call hands to Daily when it is pasted into JavaScript. */
function run(text: string | undefined): unknown[] {
  let given: unknown[] = [];
  const take = (...args: unknown[]) => void (given = args);
  const call = { sendAppMessage: take, setUserData: take, setMeetingSessionData: take };
  // oxlint-disable-next-line typescript/no-implied-eval -- the point of the test: what the text means as code
  new Function("call", text ?? "")(call);
  return given;
}

test("a payload is copied as JSON, as the call, and as a request without a key", () => {
  expect(formsOf(`send {"it's":1} to Bob`)).toEqual({
    JSON: `{"it's":1}`,
    call: `call.sendAppMessage({"it's":1}, "id-bob");`,
    curl: `curl -X POST https://api.daily.co/v1/rooms/qa/send-app-message \\
  -H "Authorization: Bearer $DAILY_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"data":{"it'\\''s":1},"recipient":"id-bob"}'`,
  });
});

test("a call that is pasted hands over the same data, whatever its keys", () => {
  for (const json of [
    `{"__proto__":{"a":"it's \\\\ \\"quoted\\""}}`,
    `{"deep":[{"__proto__":1}]}`,
    `{"text":"\\"__proto__\\":1"}`,
    `{"line":"\\u2028\\n"}`,
  ]) {
    for (const line of [`send ${json} to *`, `user-data ${json}`, `received ${json} from Bob`])
      expect(JSON.stringify(run(formsOf(line)["call"])[0])).toBe(JSON.stringify(JSON.parse(json)));
  }
});

test("keys to delete are handed over as undefined, whatever their names", () => {
  const keysToDelete = ["gone", "__proto__"];
  for (const json of [`{}`, `{"a":1}`, `{"__proto__x":1,"b":{"__proto__":2}}`]) {
    const { call } = formsOf(`session-data shallow-merge ${json}`, { keysToDelete });
    const [data, strategy] = run(call);
    expect(Object.keys(data as object)).toEqual([
      ...Object.keys(JSON.parse(json) as object),
      ...keysToDelete,
    ]);
    expect(JSON.stringify(data)).toBe(json);
    expect(strategy).toBe("shallow-merge");
  }
});

test("several recipients are as many requests, for the REST API takes one", () => {
  const { curl } = formsOf(`send {"n":1} to Bob Cy`);
  expect(curl).toContain("# The REST API takes one recipient, so this is one request each.");
  expect(curl?.match(/"recipient":"[^"]*"/g)).toEqual([
    `"recipient":"id-bob"`,
    `"recipient":"id-cy"`,
  ]);
  expect(curl?.match(/curl -X POST/g)).toHaveLength(2);
});

test("what the REST API would not take is said in a comment", () => {
  expect(formsOf(`send "text" to *`)["curl"]).toContain("takes an object as data; this is none");
  expect(formsOf(`send {} to *`, { to: [] })["curl"]).toBe("# It was addressed to no one.");
  expect(formsOf(`send {} to *`, { to: "null" })["curl"]).toContain("# It was addressed to null");
  expect(formsOf(`send {} to *`, { to: "null" })["call"]).toBe("call.sendAppMessage({}, null);");
});
