import { writeFileSync } from "node:fs";

import { writeHar } from "../../core/recording/write-har";
import { judgeRecording } from "../../headless/judge-recording";
import { openDevtools } from "../bench/open-devtools";
import { launchInspector } from "../inspector";
import { expect, LAUNCH, test } from "./room";

test.use(LAUNCH);

test("the traffic of a test opens in Chrome's Network panel, as messages of a WebSocket", async ({
  openCall,
  daily,
}) => {
  const ada = await openCall("Ada");
  const bob = await openCall("Bob");
  await ada.evaluate(() => void window.call.sendAppMessage({ type: "hand", raised: true }));
  await expect(bob).toHaveReceived("hand");
  const { scene } = judgeRecording("recording.json", await daily.recording());
  const file = test.info().outputPath("traffic.har");
  writeFileSync(file, writeHar(scene.log, "0.0.0"));

  const chrome = await launchInspector({ withExtension: false });
  try {
    const devtools = await openDevtools(chrome.context, await chrome.newPage(), "network");
    for (const { name, line } of [
      { name: "Ada", line: '{"method":"sendAppMessage","to":["Everyone"],"data":' },
      { name: "Bob", line: '{"event":"app-message","from":"Ada","data":' },
    ]) {
      const chooser = devtools.waitForEvent("filechooser");
      await devtools.getByRole("button", { name: "Import HAR file" }).click();
      await (await chooser).setFiles(file);
      await devtools.getByText(`?of=${name}`).click();
      await devtools.getByRole("tab", { name: "Messages" }).click();
      await expect(devtools.getByText(`${line}{"type":"hand","raised":true}}`)).toBeVisible();
    }
  } finally {
    await chrome.close();
  }
});
