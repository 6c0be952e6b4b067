/**
 * `npm run screenshots`: every tab of the panel on the demo call, and the findings of a call in which much goes wrong, in
 * both themes and three places, to be looked at.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Frame, Page } from "@playwright/test";

import { startAudience } from "./demo/audience";
import { missingTraffic } from "./demo/expected-traffic";
import { readShownRows } from "./demo/shown-rows";
import { type InspectorOptions, launchInspector, until } from "./inspector";
import { routeDefaultBundle } from "./room/route-default-bundle";
import { type RoomServer, startRoomServer } from "./room/server";
import { sinAll } from "./sin-all";

const FOLDER = fileURLToPath(new URL("../screenshots", import.meta.url));
const WINDOW = { width: 1280, height: 800 };

const PLACES: Readonly<Record<string, InspectorOptions>> = {
  undocked: { dock: "undocked" },
  right: { dock: "right", dockedSize: 400 },
  bottom: { dock: "bottom", dockedSize: 250 },
};
const THEMES = { light: "default", dark: "dark" } as const;

/** What to show before each picture, one after the other. */
const VIEWS: Readonly<Record<string, (panel: Frame) => Promise<void>>> = {
  traffic: async (panel) => {
    await panel.locator(".traffic__rows .row", { hasText: "unmute" }).last().click();
    await panel.locator(".details").waitFor();
  },
  "traffic-folded": async (panel) => {
    await panel.locator(".traffic__grid").press("Escape");
    await panel.getByRole("button", { name: "Table options" }).click();
    await panel.getByRole("radio", { name: "Group consecutive rows by type" }).click();
    await panel.getByRole("button", { name: "Table options" }).click();
  },
  room: (panel) => choose(panel, "Room"),
  send: async (panel) => {
    await choose(panel, "Send");
    await panel.locator(".cm-content").waitFor();
  },
  "send-session": async (panel) => {
    await panel.getByRole("button", { name: "Session data", exact: true }).click();
    await panel.locator(".cm-content").waitFor();
  },
  statistics: async (panel) => {
    await choose(panel, "Statistics");
    await panel.locator(".statistics canvas").first().waitFor();
  },
  findings: (panel) => choose(panel, "Findings"),
};

/** The same for a call in which much goes wrong. */
const VIEWS_OF_WRONG: typeof VIEWS = {
  "wrong-traffic": async (panel) => {
    await panel.locator(".traffic__rows .row--marked").last().click();
    await panel.locator(".finding-marks").waitFor();
  },
  "wrong-findings": (panel) => choose(panel, "Findings"),
  "wrong-finding": async (panel) => {
    await panel.getByRole("button", { name: "A replace drops the other keys" }).click();
    await panel.locator(".rule__foot").scrollIntoViewIfNeeded();
  },
  "wrong-guide": async (panel) => {
    await panel.getByText("Choose a channel").click();
    await panel.locator(".findings").evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
  },
};

async function choose(panel: Frame, view: string): Promise<void> {
  await panel.getByRole("tablist", { name: "View" }).getByRole("tab", { name: view }).click();
  // A tab loads when it is first opened.
  await panel.locator(`[aria-busy="true"]`).waitFor({ state: "detached" });
}

type Stage = { readonly page: Page; readonly panel: Frame; readonly server: RoomServer };

/** Pages to take pictures beside, and how they come to have something to show. */
const SUBJECTS: readonly {
  readonly url: string;
  readonly views: typeof VIEWS;
  readonly play: (stage: Stage) => Promise<unknown>;
}[] = [
  {
    url: "/demo/?name=Ada",
    views: VIEWS,
    play: ({ panel }) =>
      until(
        async () => missingTraffic(await readShownRows(panel)).length === 0,
        "every kind of traffic",
        60_000,
      ),
  },
  {
    url: "/pages/sins.html?room=wrong",
    views: VIEWS_OF_WRONG,
    play: ({ page, panel, server }) => sinAll(page, panel, server, "wrong"),
  },
];

async function takeAll(place: string, theme: keyof typeof THEMES): Promise<void> {
  const server = await startRoomServer();
  server.serve("/demo/", fileURLToPath(new URL("demo/page", import.meta.url)));
  const audience = startAudience(server);
  const options = { ...PLACES[place], theme: THEMES[theme], window: WINDOW };
  try {
    for (const { url, views, play } of SUBJECTS) {
      const inspector = await launchInspector(options);
      try {
        await routeDefaultBundle(inspector.context, server);
        const page = await inspector.context.newPage();
        await page.goto(server.origin + url);
        const { panel, devtools } = await inspector.openPanel(page);
        await play({ page, panel, server });
        for (const [name, show] of Object.entries(views)) {
          await show(panel);
          await save(devtools, `${name}-${place}-${theme}`);
        }
      } finally {
        await inspector.close();
      }
    }
  } finally {
    await audience.stop();
    await server.close();
  }
}

async function save(devtools: Page, name: string): Promise<void> {
  await devtools.screenshot({ path: `${FOLDER}/${name}.png` });
  console.log(`screenshots/${name}.png`);
}

mkdirSync(FOLDER, { recursive: true });
for (const place of Object.keys(PLACES)) {
  for (const theme of ["light", "dark"] as const) await takeAll(place, theme);
}
