import { readFileSync, writeFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { readBaseline } from "../../core/contract/baseline";
import { failureOf, SOON } from "./failure-of";
import { expect, LAUNCH, test } from "./room";

test.use({ ...LAUNCH, failOn: "never" });

const FILE = "contracts.json";
const pathOf = (name: string) => test.info().outputPath(name);

/** Sends messages, as the app of a page does. */
const send = (page: Page, ...messages: unknown[]) =>
  page.evaluate((list) => {
    for (const each of list) window.call.sendAppMessage(each);
  }, messages);

const HANDS = Array.from({ length: 6 }, (_, n) => ({
  type: "hand",
  raised: n % 2 === 0,
  by: { n },
}));

test("a contract is written where there is none, holds for what is like it, and tells what isn't", async ({
  openCall,
  daily,
}) => {
  const file = pathOf(FILE);
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await send(ada, ...HANDS);
  await expect(bob).toHaveReceived({ type: "hand", times: 6 });
  // The test that writes it has compared nothing.
  expect(await failureOf(expect(daily).toMatchContract(file))).toMatch(
    /^There was no contract at .*contracts\.json\. What was seen by now is written there: run the test again/,
  );
  const written = readBaseline(readFileSync(file, "utf8"));
  if (!written.ok) throw new Error(written.reason);
  // What arrived in other pages isn't learned twice.
  expect(written.baseline.contract.types.get("app-message hand")).toMatchObject({ count: 6 });
  expect(written.baseline.origin).toMatch(/^http:\/\//);
  for (const subject of [daily, ada, bob]) await expect(subject).toMatchContract(file);

  await ada.addScriptTag({
    content: `function lower() {
      call.sendAppMessage({ type: "hand", raised: "no", by: { n: 7 } });
    }
    lower();
    //# sourceURL=http://app.example/hands.js`,
  });
  await send(ada, { type: "hand", by: { n: 8 } }, { type: "wave", times: 2 });
  await expect(daily).not.toMatchContract(file);
  const failure = await failureOf(expect(daily).toMatchContract(file));
  expect(failure).toMatch(/Expected: only what .*contracts\.json has \(\d types\)/);
  expect(failure).toContain("Found: 3 departures");
  expect(failure).toMatch(
    /error departs-from-baseline, on the page of Ada: In hand, raised is of type string, not boolean as in the baseline \(6 messages\)\. Seen in 1 message\.\n +First: sendAppMessage\(\) Ada, to everyone: hand .*, at http:\/\/app\.example\/hands\.js:2:\d+ \(sent\)\n +To do: If the app has changed on purpose/,
  );
  expect(failure).toContain("In hand, raised is missing; it was in all of the baseline");
  expect(failure).toContain("warning not-in-baseline, on the page of Ada: Type wave isn’t in");
  expect(failure).not.toContain("on the page of Bob");
  // A page by itself is asked about what it received; and that is what it teaches.
  const ofBob = pathOf("bob.json");
  await failureOf(expect(bob).toMatchContract(ofBob));
  await expect(bob).toMatchContract(ofBob);
  await expect(bob).toHaveReceived("wave");
  expect(await failureOf(expect(bob).toMatchContract(file))).toMatch(
    /on the page of Bob: In hand, raised is of type string.*\n +First: app-message Bob, from Ada: hand/,
  );
});

test("what comes soon is waited for, and what comes too soon after it is seen", async ({
  openCall,
  daily,
}) => {
  const file = pathOf(FILE);
  const ada = await openCall("Ada");
  expect(await failureOf(expect(daily).toMatchContract(file, SOON))).toMatch(
    /Found: nothing that was sent or received\n\nTimeout: 300 ms/,
  );
  await send(ada, ...HANDS);
  await failureOf(expect(ada).toMatchContract(file));
  const bob = await openCall("Bob");
  const waiting = expect(bob).toMatchContract(file);
  await send(ada, { type: "hand", raised: true, by: { n: 7 } });
  await waiting;
  const watching = failureOf(expect(daily).toMatchContract(file, { watchFor: 10_000 }));
  await send(ada, { type: "hand" });
  expect(await watching).toContain("In hand, raised is missing");
  await expect(daily).not.toMatchContract(file, { watchFor: 100 });
});

test("a file that isn't a contract gets a sentence", async ({ openCall, daily }) => {
  const ada = await openCall("Ada");
  const broken = pathOf("broken.json");
  writeFileSync(broken, "{");
  expect(await failureOf(expect(daily).toMatchContract(broken))).toMatch(
    /broken\.json: The file isn't JSON, or not all of it/,
  );
  await expect(
    failureOf(expect(daily).not.toMatchContract("none/contracts.json")),
  ).resolves.toMatch(/Matcher error: There is no contract at .*none.contracts\.json\. Export one/);
  await send(ada, { type: "hand" });
  expect(
    await failureOf(expect(daily).toMatchContract(pathOf("no-folder/contracts.json"))),
  ).toMatch(/no-folder.contracts\.json: There is no such directory\./);
});
