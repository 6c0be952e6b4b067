import { expect } from "@playwright/test";

import { DAILY_SCRIPTS } from "./daily-builds";
import { received, sessionData, sessionId, userData } from "./inspect-call";
import { test } from "./room-fixtures";

for (const daily of DAILY_SCRIPTS) {
  test(`${daily}: two tabs and a late third on all three channels`, async ({ openCall }) => {
    const ada = await openCall({ daily, name: "Ada" });
    const ben = await openCall({ daily, name: "Ben" });
    const [adaId, benId] = [await sessionId(ada), await sessionId(ben)];

    await ada.evaluate(() => window.call.sendAppMessage({ to: "all" }));
    await ada.evaluate((id) => window.call.sendAppMessage({ to: "Ben" }, id), benId);
    await ben.evaluate((id) => window.call.sendAppMessage({ to: "Ada" }, id), adaId);
    await expect
      .poll(() => received(ben))
      .toEqual([
        { data: { to: "all" }, fromId: adaId },
        { data: { to: "Ben" }, fromId: adaId },
      ]);
    await expect.poll(() => received(ada)).toEqual([{ data: { to: "Ada" }, fromId: benId }]);

    const resolved = await ada.evaluate(async () => {
      const results = [];
      for (const hand of [1, 2, 3]) results.push(window.call.setUserData({ hand }));
      return (await Promise.all(results)).map((result) => result.userData);
    });
    expect(resolved).toEqual([{ hand: 1 }, { hand: 2 }, { hand: 3 }]);
    expect(await userData(ada)).toMatchObject({ Ada: { hand: 3 } });
    await expect.poll(() => userData(ben)).toMatchObject({ Ada: { hand: 3 } });

    const states = await ben.evaluateHandle(() => {
      const seen: unknown[] = [];
      window.call.on("meeting-session-state-updated", ({ meetingSessionState }) => {
        seen.push(meetingSessionState.data);
      });
      return seen;
    });
    await ada.evaluate(() => {
      window.call.setMeetingSessionData({ lost: 1 }, "shallow-merge");
      window.call.setMeetingSessionData({ slide: 1 });
      window.call.setMeetingSessionData({ title: "Q&A" }, "shallow-merge");
    });
    await expect.poll(() => sessionData(ada)).toEqual({ slide: 1, title: "Q&A" });
    await ada.evaluate(() =>
      window.call.setMeetingSessionData({ slide: undefined }, "shallow-merge"),
    );
    await expect
      .poll(() => states.jsonValue())
      .toEqual([{ slide: 1, title: "Q&A" }, { title: "Q&A" }]);

    const late = await openCall({ daily, name: "Late" });
    await expect.poll(() => sessionData(late)).toEqual({ title: "Q&A" });
    expect(await userData(late)).toEqual({ Ada: { hand: 3 }, Ben: undefined, Late: undefined });
    expect(await received(late)).toEqual([]);

    await ben.close();
    await expect.poll(async () => Object.keys(await userData(late))).toEqual(["Late", "Ada"]);
  });

  test(`${daily}: leaves and joins again, destroys and makes a new one`, async ({
    openCall,
    room,
  }) => {
    const page = await openCall({ daily });
    const bot = room.join({ userName: "Bot" });
    const first = await sessionId(page);

    const events = await page.evaluate(async () => {
      const seen: string[] = [];
      for (const name of ["loading", "loaded", "joined-meeting", "left-meeting"] as const) {
        window.call.on(name, () => void seen.push(name));
      }
      await window.call.leave();
      await window.call.join();
      return seen;
    });
    expect(events).toEqual(["left-meeting", "loading", "loaded", "joined-meeting"]);
    expect(await sessionId(page)).not.toBe(first);

    await page.evaluate(async (url) => {
      await window.call.destroy();
      const Daily = window.Daily ?? window.DailyIframe;
      window.call = Daily.createCallObject({ url, userName: "Ada again" });
      window.call.on("app-message", (event) => void window.received.push(event));
      await window.call.join();
    }, new URL("/qa", page.url()).href);
    await page.evaluate(() => window.call.setUserData("still here"));
    await room.until(() => room.participants().some((each) => each.userData === "still here"));
    expect(room.participants().map(({ userName }) => userName)).toEqual(["Bot", "Ada again"]);
    bot.sendAppMessage("welcome back");
    await expect
      .poll(() => received(page))
      .toEqual([{ data: "welcome back", fromId: bot.sessionId }]);
  });
}
