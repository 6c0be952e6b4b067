// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { expect, test } from "vitest";

import { session } from "../../core/testing/session-text";
import { exported, imported, storeOf } from "../testing/recording-files";
import { openTab, press, renderPanel } from "../testing/render-panel";

const STRAY = "Addressed to no one in the call";
const LARGE = "Payload exceeds the size limit";
const SINS = [
  "created",
  "joined Ada with Bob",
  `send {"type":"cue"} to #nobody-has-this-id`,
  `refused send "<5000>" because Message data too large`,
];
const rule = (name: string) => screen.findByRole("region", { name });
const tab = () => screen.getByRole("tab", { name: /Findings/ }).textContent;

test("what is muted stays so when the panel is opened again", async () => {
  const { storage, unmount } = renderPanel(SINS);
  openTab("Findings");
  await press("Mute this type", await rule(STRAY));
  await waitFor(() => expect(screen.queryByRole("region", { name: STRAY })).toBeNull());
  await press(new RegExp(LARGE), await rule(LARGE));
  await press("Mute rule", await rule(LARGE));
  await screen.findByText(/^No findings beyond the muted ones so far\./);
  expect(tab()).toBe("Findings");
  unmount();

  renderPanel(SINS, { storage });
  openTab("Findings");
  await screen.findByText(/^No findings beyond the muted ones so far\./);
  await screen.findByText(/rules \(1 muted\) checked/);
  fireEvent.click(await screen.findByRole("checkbox", { name: "Show 2 muted" }));
  const muted = within(await screen.findByRole("list", { name: "Muted" }));
  const texts = muted.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(texts).toEqual([
    expect.stringMatching(/^Addressed to no one in the call, for type cue/),
    expect.stringMatching(/^Payload exceeds the size limit/),
  ]);
  await press("Unmute this type", await rule(STRAY));
  await waitFor(() => expect(tab()).toContain("1"));
  await press(`Unmute ${LARGE}`);
  await waitFor(() => expect(tab()).toContain("2"));
});

test("a masked recording keeps what follows from daily-js's own errors, and says what it can't tell", async () => {
  const { store } = renderPanel(SINS);
  openTab("Findings");
  await rule(LARGE);
  expect(document.body.textContent).not.toContain("This recording is masked");
  const page = storeOf(
    session(
      `0 created\n1 refused send "hi" because sendAppMessage() only supported after join.\n2 joined Ada with Bob\n3 received "x" from Bob throwing no such thing`,
    ),
  );
  const file = await exported(page, { isMasked: true });
  await act(async () => void (await imported(file, store)));
  await rule("Sent before the call had joined");
  await rule("A listener threw");
  expect(document.body.textContent).toContain("This recording is masked");
  expect(document.body.textContent).not.toContain("no such thing");
});
