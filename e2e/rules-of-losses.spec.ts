import { expectFindings } from "./expect-findings";
import { test } from "./rules-fixtures";

test("what JSON loses or changes is told by place", async ({
  scene: { page, panel, room, join, enter },
}) => {
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(() => {
    class Point {
      x = 1;
      move(): void {}
    }
    const { call } = window;
    call.sendAppMessage({
      type: "mixed",
      tags: new Set(["a"]),
      by: new Map(),
      at: new Date(0),
      spot: new Point(),
      x: NaN,
    });
    call.sendAppMessage({ type: "list", items: [1, undefined] });
  });
  await room.until(() => room.messages().length === 2);
  const lost = (says: string, shows = "mixed") => ({ rule: "lost-in-json", says, shows });
  const changed = (says: string) => ({ rule: "changed-by-json", says, shows: "mixed" });
  await expectFindings(panel, [
    lost("1 time in sendAppMessage() of type mixed: a Set becomes {}, at tags."),
    lost("1 time in sendAppMessage() of type mixed: a Map becomes {}, at by."),
    lost("1 time in sendAppMessage() of type mixed: NaN becomes null, at x."),
    lost("1 time in sendAppMessage() of type list: undefined becomes null, at items[1].", "list"),
    changed("1 time in sendAppMessage() of type mixed: a Date becomes text, at at."),
    changed(
      "1 time in sendAppMessage() of type mixed: an instance of a class becomes a plain object, at spot.",
    ),
  ]);
});

test("what cannot be cloned is told by its refusal, which an app may swallow", async ({
  scene: { page, panel, join, enter },
}) => {
  await join();
  await enter({ userName: "Bob" });
  await page.evaluate(async () => {
    try {
      window.call.sendAppMessage({ type: "code", run() {} });
    } catch {
      // As apps do.
    }
    await window.call.setUserData({ nick: "Ada", run() {} }).catch(() => undefined);
  });
  await expectFindings(panel, [
    { rule: "not-serialisable", says: "1 call of sendAppMessage()", shows: "code" },
    { rule: "not-serialisable", says: "1 call of setUserData()", shows: "nick" },
  ]);
});

test("user data that will make a later join fail is told when it is kept", async ({
  scene: { page, panel },
}) => {
  await page.evaluate(() => window.call.setUserData({ nick: "Ada", run() {} }));
  await expectFindings(panel, [
    { rule: "poisoned-user-data", says: "1 call kept a value", shows: "nick" },
  ]);
});
