import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { startRtviBot } from "../bots/rtvi-bot";
import { WEATHER_TALK } from "../bots/weather-talk";
import { type OpenPanel, until } from "../inspector";
import { openConversation } from "../read-conversation";
import type { Damage } from "../room/faults";
import { openSend, type as write } from "../send-tab";
import {
  exportAll,
  filterBy,
  hideOverview,
  join,
  openStudio,
  openTab,
  region,
  row,
  shows,
  type Stage,
  studio,
  takePicture,
} from "./stage";

type Scene = {
  /** Of the window, in CSS pixels. */
  readonly height: number;
  readonly play: (stage: Stage) => Promise<void>;
};

/** Ms between writes that are to be seen apart and still fall into one sync. */
const APART_MS = 120;

/** Joins two tabs beside Ada's, and opens the panel of hers. */
async function threeTabs(stage: Stage) {
  const ada = await openStudio(stage, "Ada");
  const opened = await stage.inspector.openPanel(ada);
  const bob = await openStudio(stage, "Bob");
  const cy = await openStudio(stage, "Cy");
  await shows(opened.panel.getByRole("button", { name: "Seats" }), "Seats 2");
  return { ada, bob, cy, opened };
}

/** Sends a message that the room damages, and no other one. */
async function chatDamaged({ room }: Stage, page: Page, text: string, damage: Damage) {
  const before = room.messages().length;
  room.damage(damage);
  await studio(page, "chat", text);
  await room.until(() => room.messages().length > before);
  room.damage(undefined);
}

async function refused(stage: Stage): Promise<void> {
  const page = await openStudio(stage, "Ada", { joins: false });
  const opened = await stage.inspector.openPanel(page);
  const { panel } = opened;
  await studio(page, "hello");
  await join(page);
  await studio(page, "chat", "Is anyone here?");
  stage.room.join({ userName: "Bob" });
  await row(panel, "Bob", "joined").waitFor();
  await studio(page, "chat", "Welcome, Bob");
  await studio(page, "shareNotes", 16);
  await studio(page, "whisper", "Only for you", "bob@example.com");
  await hideOverview(panel);
  await filterBy(panel, "channel:app dir:out");
  await shows(row(panel, "Only for you"), "no recipient");
  await row(panel, "hello").click();
  await shows(panel.locator(".details"), "only supported after join");
  await takePicture(opened, "refused", { height: 300 });
}

async function notReceived(stage: Stage): Promise<void> {
  const { ada, bob, opened } = await threeTabs(stage);
  const { panel } = opened;
  await studio(ada, "chat", "Can everyone see the slides?");
  await row(panel, "slides", "2 of 2").waitFor();
  await studio(bob, "chat", "I can");
  await row(panel, "I can").waitFor();
  // By this seed it is Bob who gets nothing.
  await chatDamaged(stage, ada, "Then let’s begin", { seed: 7, dropShare: 0.5 });
  await studio(ada, "react", "clap");
  await hideOverview(panel);
  await filterBy(panel, "channel:app");
  await row(panel, "let’s begin").click();
  await panel.getByRole("tab", { name: "Delivery" }).click();
  // A message is called lost once its recipient's page has run for five seconds without it.
  await shows(panel.locator(".details"), /Bob, not received\n/);
  await takePicture(opened, "not-received", { height: 230 });
  await panel.getByRole("button", { name: "Sequence" }).click();
  await panel.getByRole("grid", { name: "Sequence" }).waitFor();
  await panel.getByRole("button", { name: "Close details" }).click();
  await takePicture(opened, "sequence", { height: 142 });
}

async function limits(stage: Stage): Promise<void> {
  const page = await openStudio(stage, "Ada");
  const opened = await stage.inspector.openPanel(page);
  const { panel } = opened;
  const bob = stage.room.join({ userName: "Bob" });
  await row(panel, "Bob", "joined").waitFor();
  await studio(page, "chat", "Notes of this morning:");
  await studio(page, "shareNotes", 11);
  await studio(page, "shareNotes", 13);
  await hideOverview(panel);
  await filterBy(panel, "channel:app");
  await row(panel, "notes: [").first().click();
  await panel.locator(".budget[open]").evaluate((budget) => budget.scrollIntoView());
  await takePicture(opened, "limit", { height: 250 });
  await filterBy(panel, "");

  const questions = Array.from({ length: 900 }, (_, n) => ({
    from: `guest-${n}`,
    text: "When does the second round of the questions begin?",
    votes: n % 7,
  }));
  bob.setMeetingSessionData({ topic: "Launch", questions });
  await row(panel, "Room", "topic").waitFor();
  await openSend(panel, "Session data");
  const more = questions.slice(0, 400).map(({ from, text }) => ({ from, text }));
  await panel.getByRole("textbox", { name: "Session data to send" }).fill("");
  await write(panel, JSON.stringify({ archive: more }));
  await panel.getByRole("button", { name: "Format" }).click();
  await panel.locator(".editor .cm-content").press("ControlOrMeta+Home");
  await shows(region(panel, "Preview"), "archive");
  await takePicture(opened, "room-limit");
}

async function writes(stage: Stage): Promise<void> {
  const page = await openStudio(stage, "Ada");
  const opened = await stage.inspector.openPanel(page);
  const { panel } = opened;
  const bob = stage.room.join({ userName: "Bob" });
  await row(panel, "Bob", "joined").waitFor();
  await studio(page, "setStage", "Ada");
  await row(panel, "Ada", "synced").waitFor();
  for (const score of [1, 2, 3, 4]) {
    await studio(page, "setScore", score);
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  }
  await row(panel, "score: 4", "synced").waitFor();
  bob.setMeetingSessionData({ stage: "Bob" }, "shallow-merge");
  await row(panel, "Room", `"Ada" → "Bob"`).waitFor();
  await studio(page, "setStage", "Cy");
  await row(panel, `stage: "Cy"`, "synced").waitFor();
  await hideOverview(panel);
  await filterBy(panel, "channel:session");
  await row(panel, "score: 2", "merged").click();
  await panel.getByRole("tab", { name: "Timing" }).click();
  await panel.locator(".window").waitFor();
  await takePicture(opened, "merged", { height: 280 });

  await row(panel, `stage: "Ada"`).first().click({ button: "right" });
  await panel.getByRole("menuitem", { name: "History of stage" }).click();
  const history = region(panel, "History of stage");
  await history.waitFor();
  await takePicture(opened, "key-history", { height: 350 });
}

async function late(stage: Stage): Promise<void> {
  const page = await openStudio(stage, "Ada");
  const opened = await stage.inspector.openPanel(page);
  const { panel } = opened;
  const bob = stage.room.join({ userName: "Bob" });
  await row(panel, "Bob", "joined").waitFor();
  await studio(page, "chat", "Welcome, Bob");
  bob.setUserData({ hand: 1, role: "guest" });
  await row(panel, "Bob", "hand").waitFor();
  await studio(page, "openPoll", "Tea or coffee?");
  await row(panel, "poll", "synced").waitFor();
  bob.sendAppMessage({ type: "reaction", kind: "like" });
  bob.sendAppMessage({ type: "chat", text: "Coffee!" });
  await row(panel, "Coffee!").waitFor();
  await openTab(panel, "Room");
  await shows(panel.locator("body"), "They’d miss 3 app messages");
  await takePicture(opened, "late-joiner", { height: 320 });
}

async function bot(stage: Stage): Promise<void> {
  const { inspector, server, room } = stage;
  startRtviBot(room, WEATHER_TALK, { pace: 0.6 });
  const page = await inspector.newPage();
  await page.goto(`${server.origin}/pages/pipecat.html?room=${room.name}`);
  const opened = await inspector.openPanel(page);
  const { panel } = opened;
  const view = panel.getByRole("button", { name: "Conversation", exact: true });
  await until(() => view.isVisible(), "a conversation");
  await openConversation(panel);
  await hideOverview(panel);
  const talk = panel.getByRole("grid", { name: "Conversation" });
  await until(
    async () => /Have a good trip.*spoke/s.test(await talk.innerText()),
    "the end of the talk",
    60_000,
  );
  await takePicture(opened, "conversation", { height: 490 });
}

async function types(stage: Stage): Promise<void> {
  const page = await openStudio(stage, "Ada");
  const opened = await stage.inspector.openPanel(page);
  const { panel } = opened;
  const bob = stage.room.join({ userName: "Bob" });
  await row(panel, "Bob", "joined").waitFor();
  for (const text of ["Hello", "Can you hear me?", "Then we begin"])
    await studio(page, "chat", text);
  bob.sendAppMessage({ type: "chat", text: "Yes", replyTo: 2 });
  for (const kind of ["clap", "clap", "party"]) bob.sendAppMessage({ type: "reaction", kind });
  await studio(page, "raiseHand");
  await studio(page, "openPoll", "Tea or coffee?");
  await row(panel, "poll", "synced").waitFor();
  await openTab(panel, /^Types/);
  await panel.getByRole("button", { name: "chat", exact: true }).click();
  await region(panel, "Fields of chat").waitFor();
  await takePicture(opened, "types", { height: 405 });
  await panel.getByRole("button", { name: "Keep as baseline" }).click();
  await panel.getByText("None: everything so far is as in the baseline.").waitFor();
  await panel.getByRole("button", { name: "chat", exact: true }).click();
  bob.sendAppMessage({ type: "chat", text: "Hi", replyTo: "2" });
  bob.sendAppMessage({ type: "chat", body: "A new client" });
  bob.sendAppMessage({ type: "mute-all" });
  const departures = region(panel, "Departures from the baseline");
  await shows(departures, "New type mute-all");
  await takePicture(opened, "departures", { height: 235 });
}

/** By how much the clock of the other machine is wrong, in ms. */
const WRONG_BY_MS = 93_000;

/** The recording of a machine whose clock is wrong. */
function withWrongClock(path: string): string {
  const recording = JSON.parse(readFileSync(path, "utf8")) as { events: { at: number }[] };
  for (const event of recording.events) event.at += WRONG_BY_MS;
  return JSON.stringify(recording);
}

const jsonFile = (name: string, text: string) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(text),
});

async function machines(stage: Stage): Promise<void> {
  const { ada, bob, opened } = await threeTabs(stage);
  const atBob = await stage.inspector.openPanel(bob);
  for (const text of ["Hello", "Can you hear me?"]) {
    await studio(ada, "chat", text);
    await row(atBob.panel, text).waitFor();
    await studio(bob, "chat", `${text} (Bob)`);
    await row(opened.panel, `${text} (Bob)`).waitFor();
  }
  await chatDamaged(stage, ada, "We start in a minute", { seed: 1, dropShare: 1 });
  const lostAt = Date.now();
  await studio(ada, "chat", "Now");
  await row(atBob.panel, "Now").waitFor();
  // Lost, once Bob's page has run for five seconds without it.
  await filterBy(opened.panel, "delivered:lost");
  await shows(opened.panel.locator(".status-bar"), "1 row shown");
  await filterBy(opened.panel, "");
  // In Bob's recording as well, however exact its clock is.
  await bob.waitForFunction((at) => Date.now() > at + 7_000, lostAt);
  await studio(bob, "chat", "Still there?");
  await row(opened.panel, "Still there?").waitFor();
  const adas = readFileSync(await exportAll(opened), "utf8");
  const bobs = withWrongClock(await exportAll(atBob));

  const elsewhere = await stage.inspector.newPage();
  await elsewhere.goto(`${stage.server.origin}/pages/plain.html`);
  const empty: OpenPanel = await stage.inspector.openPanel(elsewhere);
  const { panel, devtools } = empty;
  await panel.getByLabel("Recording to import").setInputFiles(jsonFile("support.json", adas));
  await panel.getByRole("region", { name: "Recording" }).waitFor();
  await hideOverview(panel);
  await panel.getByRole("button", { name: "Seats" }).click();
  const chooser = devtools.waitForEvent("filechooser");
  await panel.getByText("Add a recording…").click();
  await (await chooser).setFiles(jsonFile("customer.json", bobs));
  await shows(panel.getByRole("button", { name: "Seats" }), "Seats 1");
  await filterBy(panel, "channel:app");
  await row(panel, "in a minute", "0 of 1").waitFor();
  await panel.getByRole("button", { name: "Seats" }).click();
  await panel.getByRole("dialog", { name: "Seats" }).waitFor();
  // The menu begins at the toolbar.
  await takePicture(empty, "two-machines", { top: panel.locator(".toolbar"), height: 330 });
}

async function advice(stage: Stage): Promise<void> {
  const page = await openStudio(stage, "Ada");
  const opened = await stage.inspector.openPanel(page);
  const { panel } = opened;
  const bob = stage.room.join({ userName: "Bob" });
  await row(panel, "Bob", "joined").waitFor();
  bob.setMeetingSessionData({ stage: "Bob" });
  await row(panel, "Room", "stage").waitFor();
  bob.setMeetingSessionData({ score: 3, poll: { question: "Tea or coffee?" } }, "shallow-merge");
  await row(panel, "Room", "Tea or coffee").waitFor();
  await studio(page, "startShow", "Cy");
  await row(panel, "topic", "synced").waitFor();
  for (const kind of ["clap", "party", "clap"]) await studio(page, "react", kind);
  stage.room.join({ userName: "Cy" });
  await row(panel, "Cy", "joined").waitFor();
  await openTab(panel, /^Findings/);
  const rule = region(panel, "A replace drops the other keys");
  await rule.getByRole("button", { name: "A replace drops the other keys" }).click();
  await shows(rule, "Copy as test");
  await takePicture(opened, "finding", { top: rule, height: 278 });
  await rule.getByRole("button", { name: "A replace drops the other keys" }).click();
  await panel.getByText("Choose a channel").click();
  await panel.locator(".findings").evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
  await takePicture(opened, "channels", { top: panel.locator(".guide"), height: 398 });
}

async function change(stage: Stage): Promise<void> {
  const page = await openStudio(stage, "Ada");
  const opened = await stage.inspector.openPanel(page);
  const { panel } = opened;
  const bob = stage.room.join({ userName: "Bob" });
  await row(panel, "Bob", "joined").waitFor();
  await studio(page, "openPoll", "Tea or coffee?");
  await row(panel, "poll", "synced").waitFor();
  bob.setMeetingSessionData({ stage: "Bob", score: 3 }, "shallow-merge");
  await row(panel, "Room", "score").waitFor();
  await openSend(panel, "Session data");
  await panel.getByRole("button", { name: "Edit the room’s data" }).click();
  await write(
    panel,
    JSON.stringify(
      { poll: { question: "Tea or coffee?", isOpen: false }, stage: "Cy", score: 3 },
      undefined,
      2,
    ),
  );
  await shows(region(panel, "Preview"), "2 keys will change");
  await takePicture(opened, "send");
  await openTab(panel, "Room");
  const stageRow = panel.getByRole("treeitem").filter({ hasText: "stage:" }).last();
  await stageRow.getByText(`"Bob"`).dblclick();
  const value = panel.getByLabel("Value of stage");
  await value.fill(`"Cy"`);
  await value.press("Enter");
  await panel.locator(".proposal").waitFor();
  await takePicture(opened, "edit", { height: 340 });
}

/** The calls that the guide tells of, by name. Each takes its own pictures. */
export const SCENES: Readonly<Record<string, Scene>> = {
  refused: { height: 480, play: refused },
  received: { height: 480, play: notReceived },
  limits: { height: 440, play: limits },
  writes: { height: 560, play: writes },
  late: { height: 560, play: late },
  bot: { height: 640, play: bot },
  types: { height: 560, play: types },
  machines: { height: 480, play: machines },
  advice: { height: 900, play: advice },
  change: { height: 460, play: change },
};
