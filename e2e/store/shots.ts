import type { Frame, Page } from "@playwright/test";

import { setScene } from "../demo/scene";
import { selectRow, takePicture } from "../demo/picture";
import { readShownRows } from "../demo/shown-rows";
import { watchPanel } from "../demo/watch-panel";
import { row } from "../fixtures";
import { type InspectorOptions, launchInspector, type OpenPanel } from "../inspector";
import { openConversation } from "../read-conversation";
import { routeDefaultBundle } from "../room/route-default-bundle";
import { type RoomServer, startRoomServer } from "../room/server";
import { openSend, sent, submit, type } from "../send-tab";
import { sinAll } from "../sin-all";
import type { ShotName } from "./captions";
import { expect, type LiveShow, startLiveShow } from "./live-show";

/** DevTools in a window of their own: at this scale as wide as a store's picture less a margin. */
const WINDOW = {
  dock: "undocked",
  window: { width: 1072, height: 568 },
  scale: 1.125,
} as const;
/** What a browser window has above its page and a DevTools window has not, in CSS pixels. */
const TAB_STRIP_HEIGHT = 87;

/** Of the findings, the one that is shown with its advice. */
const OPENED_RULE = "Sent before the call had joined";

/** What is taken of the DevTools window, as PNG. */
export type Shots = Readonly<Record<ShotName | "sequence", Buffer>>;

export async function takeShots(): Promise<Shots> {
  return {
    ...(await shootTraffic()),
    "2-room": await shootRoom(),
    "3-findings": await shootFindings(),
    "4-conversation": await shootConversation(),
    "5-edit": await shootEdit(),
  };
}

/** Shows a view of the panel, which loads when it is first opened. */
async function chooseView(panel: Frame, name: string): Promise<void> {
  await panel.getByRole("tablist", { name: "View" }).getByRole("tab", { name }).click();
  await panel.locator(`[aria-busy="true"]`).waitFor({ state: "detached" });
}

/** Has the host ask everyone something, and selects its row with the Delivery tab once both tabs have it. */
async function showDelivery({ ada, panel }: LiveShow, question: string): Promise<void> {
  await ada.getByRole("textbox", { name: "Ask a question" }).fill(question);
  await ada.getByRole("button", { name: "Ask" }).click();
  await expect(row(panel, question).last().locator(".cell--delivered")).toHaveText(/2/);
  const asked = (await readShownRows(panel)).findLast(({ summary }) => summary.includes(question));
  if (asked) await selectRow({ panel }, asked);
  await panel.getByRole("tab", { name: "Delivery" }).click();
  await expect(panel.getByRole("tabpanel", { name: "Delivery" })).toContainText("no listener");
}

async function shootTraffic(): Promise<Pick<Shots, "1-delivered" | "sequence">> {
  const show = await startLiveShow(WINDOW);
  try {
    const { panel, devtools } = show;
    await panel.getByRole("button", { name: "Table options" }).click();
    await panel.getByRole("checkbox", { name: "Size" }).uncheck();
    await panel.getByRole("button", { name: "Table options" }).click();
    await showDelivery(show, "Who has a question for Bob?");
    const delivered = await picture(devtools);

    await panel.getByRole("button", { name: "Sequence", exact: true }).click();
    await panel.getByRole("grid", { name: "Sequence" }).getByText("no listener").last().waitFor();
    await panel.getByRole("button", { name: "Close" }).click();
    return { "1-delivered": delivered, sequence: await picture(devtools) };
  } finally {
    await show.close();
  }
}

async function shootRoom(): Promise<Buffer> {
  const show = await startLiveShow({ ...WINDOW, theme: "dark" });
  try {
    await chooseView(show.panel, "Room");
    await expect(show.panel.getByLabel("Differences")).toContainText("stage.name");
    return await picture(show.devtools);
  } finally {
    await show.close();
  }
}

async function shootFindings(): Promise<Buffer> {
  return withPage(WINDOW, async (server, open) => {
    const { page, panel, devtools } = await open(`${server.origin}/pages/sins.html?room=wrong`);
    await sinAll(page, panel, server, "wrong");
    await chooseView(panel, "Findings");
    // Of what goes wrong there, the last.
    await panel.getByRole("button", { name: "A replace drops the other keys" }).waitFor();
    await panel.getByRole("button", { name: OPENED_RULE }).click();
    return picture(devtools);
  });
}

async function shootConversation(): Promise<Buffer> {
  return withPage({ ...WINDOW, theme: "dark" }, async (server, open) => {
    const scene = setScene(server, { headless: true, seconds: 1, bot: true });
    try {
      const { panel, devtools } = await open(scene.tabs[0]?.url ?? "");
      await watchPanel({ panel, scene }, 1);
      await openConversation(panel);
      const talk = panel.getByRole("grid", { name: "Conversation" });
      await talk.getByText("Perfect, thank you.").first().waitFor();
      return await picture(devtools);
    } finally {
      await scene.end();
    }
  });
}

async function shootEdit(): Promise<Buffer> {
  const { width, height } = WINDOW.window;
  const show = await startLiveShow({
    ...WINDOW,
    dock: "right",
    dockedSize: 716,
    window: { width, height: height + TAB_STRIP_HEIGHT },
  });
  try {
    const { ada, panel, devtools } = show;
    await openSend(panel, "App message");
    await type(panel, JSON.stringify({ kind: "notice", text: "Five minutes left." }));
    await submit(panel);
    await expect(sent(panel).first()).toContainText("sent");
    await openSend(panel, "Session data");
    await type(panel, JSON.stringify({ answered: 12, topic: "Late joiners" }));
    await submit(panel);
    await expect(ada.locator(".score")).toHaveText("12 answered");
    await expect(sent(panel).first()).toContainText("synced");
    await type(panel, JSON.stringify({ answered: 13, topic: "Session data" }, undefined, 2));
    await expect(panel.getByLabel("Differences")).toContainText("answered");
    await devtools.mouse.move(0, 0);
    return await takePicture(ada, devtools);
  } finally {
    await show.close();
  }
}

type OpenInspected = (url: string) => Promise<OpenPanel & { readonly page: Page }>;

/** A browser beside a room of its own, with one page to inspect. */
async function withPage<T>(
  options: InspectorOptions,
  act: (server: RoomServer, open: OpenInspected) => Promise<T>,
): Promise<T> {
  const server = await startRoomServer();
  const inspector = await launchInspector(options);
  try {
    await routeDefaultBundle(inspector.context, server);
    return await act(server, async (url) => {
      const page = await inspector.newPage();
      await page.goto(url);
      return { page, ...(await inspector.openPanel(page)) };
    });
  } finally {
    await inspector.close();
    await server.close();
  }
}

/** The DevTools window without a pointer in it. */
async function picture(devtools: Page): Promise<Buffer> {
  await devtools.mouse.move(0, 0);
  return devtools.screenshot({ animations: "disabled", caret: "hide" });
}
