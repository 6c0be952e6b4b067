import { budgetOf, type DataChannel } from "../core/daily/limits";
import { dataOf } from "../core/daily/session-tracker";
import { toPayload } from "../extension/protocol/payload";
import { valueOf } from "../core/session/change";
import { roomAt } from "../core/session/room-at";
import { append, createSessionLog, openDocument } from "../core/session/session-log";
import { exportRecording, expect, row, test } from "./fixtures";
import { writeAtRandom } from "./write-at-random";

type Recording = Awaited<ReturnType<typeof exportRecording>>;

/** The one call of a recording, replayed into a log of its own. */
function replay({ documents, events }: Recording) {
  const log = createSessionLog();
  for (const { documentId, url } of documents) {
    openDocument(log, { documentId, frameId: 0, url });
    for (const event of events) append(log, documentId, event);
  }
  const [call] = log.calls.values();
  if (!call) throw new Error("The recording has no call.");
  return call.history;
}

/** What a panel thinks that the room knows now. */
function idea(recording: Recording) {
  const history = replay(recording);
  const { session, people } = roomAt(history, Infinity);
  const present = people.filter((each) => each.isPresent);
  return {
    waiting: history.session.waiting.length,
    session: dataOf(session),
    people: Object.fromEntries(
      present.map(({ person, userData }) => [person.sessionId, valueOf(userData)]),
    ) as object,
  };
}

test("three tabs that write at random: each panel knows what the room knows, and what became of each write", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const open = async (name: string) => {
    const page = await openCall(name);
    return { page, ...(await inspector.openPanel(page)) };
  };
  const tabs = [await open("Ada"), await open("Bob"), await open("Cy")];
  const here = server.room(room);
  await here.until(() => here.participants().length === 3);

  for (const round of [1, 2, 3]) {
    await Promise.all(
      tabs.map(({ page }, index) => page.evaluate(writeAtRandom, round * 10 + index)),
    );
    const truth = () => ({
      waiting: 0,
      session: here.sessionData(),
      people: Object.fromEntries(
        here.participants().map(({ sessionId, userData }) => [sessionId, userData]),
      ) as object,
    });
    // Quiet once nothing waits in any tab; until then the room may change between two looks at it.
    await expect(async () => {
      const recordings = await Promise.all(
        tabs.map((tab) => exportRecording(tab.panel, tab.devtools)),
      );
      for (const recording of recordings) expect(idea(recording)).toEqual(truth());
    }).toPass({ timeout: 15_000 });

    for (const { page, panel, devtools } of tabs) {
      await expect(panel.locator(".status-bar")).not.toContainText("dropped");

      // What went out together, and as what, is what the room got from this tab.
      const history = replay(await exportRecording(panel, devtools));
      const mine = await page.evaluate(() => window.call.participants().local.session_id);
      const sent = here
        .sessionUpdates()
        .filter(({ sessionId }) => sessionId === mine)
        .map(({ data, mergeStrategy, keysToDelete }) => ({
          data,
          strategy: mergeStrategy,
          keysToDelete: [...keysToDelete].sort(),
        }));
      const windows = new Set(
        [...history.session.writes.values()].flatMap(({ window }) => window ?? []),
      );
      const predicted = [...windows].map(({ effective }) => ({
        ...effective,
        keysToDelete: [...(effective?.keysToDelete ?? [])].sort(),
      }));
      expect(predicted).toEqual(sent);
      for (const { fate, update } of history.session.writes.values()) {
        const isEmpty =
          update.strategy === "shallow-merge" &&
          Object.keys(update.data).length + update.keysToDelete.length === 0;
        expect(isEmpty ? ["nothing"] : ["synced", "coalesced", "overwritten"]).toContain(fate.kind);
      }
    }
  }
});

test("the panel's verdict on a size is daily-js's own, to the character", async ({ openCall }) => {
  const page = await openCall("Ada");
  const sizes = { "app-message": 4096, "user-data": 4096, "session-data": 102_400 } as const;
  const cases: [DataChannel, unknown][] = [];
  for (const [channel, max] of Object.entries(sizes) as [DataChannel, number][]) {
    for (const over of [-1, 0, 1]) {
      const length = max + over;
      // {"a":"…"} costs eight characters, a bare string its two quotes, or none.
      cases.push(
        [channel, { a: "x".repeat(length - 8) }],
        [channel, { a: "漢".repeat(length - 8) }],
      );
      if (channel === "session-data") continue;
      for (const bare of [length, length - 2]) {
        cases.push([channel, "x".repeat(bare)], [channel, "漢".repeat(bare)]);
        cases.push([channel, "🎉".repeat(Math.floor(bare / 2)) + "x".repeat(bare % 2)]);
      }
      cases.push([channel, "\n".repeat(length)], [channel, "\\".repeat((length - 2) / 2)]);
    }
  }
  const refused = await page.evaluate(async (all) => {
    const { call } = window;
    const verdicts: boolean[] = [];
    for (const [channel, value] of all) {
      try {
        if (channel === "app-message") call.sendAppMessage(value);
        else if (channel === "user-data") await call.setUserData(value);
        else call.setMeetingSessionData(value as Record<string, unknown>);
        verdicts.push(false);
      } catch {
        verdicts.push(true);
      }
    }
    return verdicts;
  }, cases);
  const predicted = cases.map(
    ([channel, value]) => budgetOf(channel, toPayload(value)).level === "over",
  );
  expect(refused.filter(Boolean).length).toBeGreaterThan(10);
  expect(predicted).toEqual(refused);
});

test("a limit that Daily raised is the one that the panel shows", async ({
  inspector,
  openCall,
  server,
}) => {
  server.settings.maxAppMessageSize = 65_536;
  try {
    const page = await openCall("Ada");
    const { panel } = await inspector.openPanel(page);
    await page.evaluate(() => window.call.sendAppMessage("x".repeat(20_000)));
    await row(panel, "20,002", "sent").click();
    await expect(panel.locator(".facts")).toContainText("20,002 of 65,536 characters (30%)");
  } finally {
    delete server.settings.maxAppMessageSize;
  }
});
