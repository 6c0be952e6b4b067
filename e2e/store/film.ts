import sharp from "sharp";

import { row } from "../fixtures";
import { createCamera, type FilmFrame, type Strip } from "./camera";
import type { Composer } from "./compose";
import { expect, startLiveShow } from "./live-show";

/** About as wide as GitHub shows a README, and not so narrow that the demo stacks its parts; sharper than most displays. */
const SCALE = 1.4;
const WINDOW = { width: 880, height: 740 };
const DEVTOOLS_HEIGHT = 380;
const STRIP = { width: WINDOW.width * SCALE, height: 64 };

const QUESTION = "Who is next?";
const NOT_LISTENING = "Arrived at a page that doesn’t listen";

/** The film of the README, as animated WebP: a message, who received it, an edit of the room, a finding. */
export async function film(composer: Composer): Promise<Buffer> {
  const strip = async (text: string): Promise<Strip> => ({
    picture: await composer.strip(text, STRIP),
    height: STRIP.height,
  });
  const show = await startLiveShow({
    dock: "bottom",
    dockedSize: DEVTOOLS_HEIGHT,
    window: WINDOW,
    scale: SCALE,
  });
  try {
    const { ada, panel, devtools } = show;
    const firstStrip = await strip("A live Q&amp;A on Daily, with the panel in DevTools below it");
    const camera = createCamera({ page: ada, devtools, scale: SCALE, firstStrip });
    await panel.getByRole("button", { name: "Overview" }).click();
    await camera.hold(1000);

    camera.caption(await strip("Ada sends a message to everyone"));
    await camera.click(ada.getByRole("textbox", { name: "Ask a question" }));
    await camera.type(ada, QUESTION);
    await camera.click(ada.getByRole("button", { name: "Ask" }));
    const asked = row(panel, QUESTION).last();
    await expect(asked.locator(".cell--delivered")).toHaveText(/2/);
    await camera.hold(700);

    camera.caption(await strip("Who received it? Bob did. Grace’s page didn’t listen"));
    await camera.click(asked, { at: 0.4 });
    await panel.locator(".details").waitFor();
    await camera.hold(500);
    await camera.click(panel.getByRole("tab", { name: "Delivery" }));
    await expect(panel.getByRole("tabpanel", { name: "Delivery" })).toContainText("no listener");
    await camera.hold(2100);

    camera.caption(await strip("What the room knows can be edited in place"));
    await camera.click(panel.getByRole("tab", { name: "Room", exact: true }));
    const answered = panel
      .getByRole("tree", { name: "Session data" })
      .getByRole("treeitem")
      .filter({ hasText: "answered:" })
      .last();
    await answered.scrollIntoViewIfNeeded();
    await camera.hold(700);
    await camera.click(answered.getByText("1", { exact: true }), { clicks: 2 });
    await expect(panel.getByLabel("Value of answered")).toBeFocused();
    await devtools.keyboard.press("ControlOrMeta+a");
    await camera.type(devtools, "42");
    await devtools.keyboard.press("Enter");
    await panel.locator(".proposal").waitFor();
    await camera.hold(500);
    await camera.click(panel.getByRole("button", { name: "Set", exact: true }));
    await expect(ada.locator(".score")).toHaveText("42 answered");
    await panel.getByText("Your change: synced.").waitFor();
    camera.caption(await strip("The app follows: 42 answered"));
    await camera.hold(1700);

    camera.caption(await strip("Findings say what looks wrong, why it matters and what to do"));
    await camera.click(panel.getByRole("tab", { name: "Findings" }));
    await panel.getByRole("button", { name: NOT_LISTENING }).waitFor();
    await camera.hold(600);
    await camera.click(panel.getByRole("button", { name: NOT_LISTENING }));
    await camera.hold(2400);
    return await develop(camera.frames());
  } finally {
    await show.close();
  }
}

/** The frames as an endless animated WebP. */
function develop(frames: readonly FilmFrame[]): Promise<Buffer> {
  return sharp(
    frames.map(({ picture }) => picture),
    { join: { animated: true } },
  )
    .webp({ quality: 82, effort: 5, minSize: true, delay: frames.map(({ ms }) => ms), loop: 0 })
    .toBuffer();
}
