import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

import { test } from "./room-fixtures";

test("daily-react shows all three channels in two tabs", async ({ context, server, room }) => {
  const open = async (name: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${server.origin}/pages/react.html?name=${name}`);
    await expect(page.getByRole("list", { name: "Participants" })).toContainText(name);
    return page;
  };
  const ada = await open("Ada");
  const ben = await open("Ben");
  await expect(ada.getByRole("list", { name: "Participants" })).toContainText("Ben: no user data");

  await ada.getByRole("button", { name: "Send app message" }).click();
  await expect(ben.getByRole("list", { name: "App messages" })).toHaveText('{"text":"hello"}');
  await ada.getByRole("button", { name: "Set user data" }).click();
  await expect(ben.getByRole("list", { name: "Participants" })).toContainText(
    'Ada: {"hand":"raised"}',
  );
  await ben.getByRole("button", { name: "Set session data" }).click();
  for (const page of [ada, ben]) {
    await expect(page.getByLabel("Session data")).toHaveText('{"slide":2} (peer)');
  }
  await ben.close();
  await expect(ada.getByRole("list", { name: "Participants" })).not.toContainText("Ben");
  expect(room.participants()).toHaveLength(1);
});

test("a call in a frame joins like any other, also across origins", async ({
  page,
  server,
  room,
}) => {
  const src = `${server.origin.replace("127.0.0.1", "localhost")}/pages/call.html?autojoin=1`;
  const url = encodeURIComponent(`${server.origin}/qa`);
  await page.goto(
    `${server.origin}/pages/frame.html?src=${encodeURIComponent(`${src}&url=${url}&name=Framed`)}`,
  );
  await room.until(() => room.participants()[0]?.userName === "Framed");
});

test("without the extension no hook is there first", async ({ openCall, server, page }) => {
  const call = await openCall();
  expect(await call.evaluate(() => window.__hookWasFirst)).toBe(false);
  await page.goto(`${server.origin}/pages/plain.html`);
  expect(await page.evaluate(() => "call" in window || "Daily" in window)).toBe(false);
});

test("directories and handlers can be mounted", async ({ server }) => {
  server.serve("/mine/", (request, response) => void response.end(`you asked for ${request.url}`));
  const text = await (await fetch(`${server.origin}/mine/x?y=1`)).text();
  expect(text).toBe("you asked for /mine/x?y=1");
  const paths = ["/pages/..%2fbrowser.ts", "/nothing/here", "/favicon.ico", "/qa"];
  const statuses = await Promise.all(
    paths.map(async (path) => (await fetch(server.origin + path)).status),
  );
  expect(statuses).toEqual([404, 404, 204, 200]);
});
