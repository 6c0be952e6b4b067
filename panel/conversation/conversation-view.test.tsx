// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";

import { session } from "../../core/testing/session-text";
import { talkLines } from "../../core/testing/talk-story";
import { key, press, renderPanel, select } from "../testing/render-panel";
import * as clipboard from "../ui/copy-text";

afterEach(() => vi.restoreAllMocks());

async function setup() {
  const panel = renderPanel([]);
  let next = 1;
  const receive = (text: string, callId: string) =>
    act(() => {
      const events = session(text, callId, next);
      next += events.length;
      panel.store.received("page", { ok: true, events, invalid: 0 });
    });
  await receive(talkLines(), "call-1");
  await press("Conversation");
  await screen.findByRole("grid", { name: "Conversation" });
  await waitFor(() => expect(rows()).toHaveLength(6));
  return { ...panel, receive };
}

const grid = () => screen.getByRole("grid", { name: "Conversation" });
const rows = () => within(grid()).getAllByRole("row");
const rowOf = (text: string) => rows().find((row) => row.textContent.includes(text)) as HTMLElement;

test("shows who said what, where it was cut, what was called and where the time went", async () => {
  await setup();
  const shown = rows().map((row) => row.textContent.replace(/\d\d:\d\d:\d\d\.\d{3}/g, ""));
  expect(shown).toMatchInlineSnapshot(`
    [
      "Sent: client ready: 2.1.0",
      "Received: bot ready: 2.1.0",
      "AdaWhat is the *weather*?",
      "VeraIt is coldinterrupted  there today.get_weather({city: "Oslo"}) → {celsius: 3} 310 ms(name withheld by the bot)() running…100 ms to final transcript500 ms to first token300 ms to first audiospoke 550 ms",
      "Adaand tomorrow speaking…",
      "Error: The voice is gone",
    ]
  `);
  const answer = rowOf("get_weather");
  expect(answer.querySelector("s")?.textContent.trim()).toBe("there today.");
  expect(
    within(answer).getByRole("img", { name: /^Where the time went: .*first audio/ }),
  ).toBeDefined();
  expect(rowOf("tomorrow").querySelector("em")?.textContent).toContain("and tomorrow");
});

test("a click shows the first event and lists all, arrows and Enter go on", async () => {
  const { store } = await setup();
  expect(screen.queryByRole("region", { name: "Details" })).toBeNull();
  fireEvent.click(rowOf("get_weather"));
  await screen.findByRole("region", { name: "Details" });
  const events = within(rowOf("get_weather")).getByRole("group", { name: "Events of this turn" });
  expect(
    within(events)
      .getAllByRole("button")
      .map((each) => each.textContent),
  ).toMatchInlineSnapshot(`
    [
      "bot-llm-started",
      "llm-function-call-started ×2",
      "llm-function-call-in-progress ×2",
      "llm-function-call-stopped",
      "bot-llm-text ×3",
      "bot-llm-stopped",
      "bot-started-speaking",
      "bot-output ×2",
      "bot-interrupted",
      "bot-stopped-speaking",
    ]
  `);
  await press("bot-llm-text ×3", events);
  expect(store.selected.value?.event.at).toBe(Date.UTC(2026, 0, 1, 12) + 2600);
  await press("bot-llm-text 1/3", events);
  expect(store.selected.value?.event.at).toBe(Date.UTC(2026, 0, 1, 12) + 2610);

  key(grid(), "Home");
  await waitFor(() => expect(rows()[0]?.getAttribute("aria-selected")).toBe("true"));
  key(grid(), "ArrowDown");
  await waitFor(() => expect(rows()[1]?.getAttribute("aria-selected")).toBe("true"));
  key(grid(), "End");
  await waitFor(() => expect(rowOf("gone").getAttribute("aria-selected")).toBe("true"));
  key(grid(), "Escape");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Details" })).toBeNull());
  key(grid(), "Enter");
  await screen.findByRole("region", { name: "Details" });
});

test("finds what was said, called and noted", async () => {
  await setup();
  key(grid(), "f", { ctrlKey: true });
  const field = await screen.findByRole("textbox", { name: "Find in the conversation" });
  fireEvent.input(field, { target: { value: "OSLO" } });
  await screen.findByText("1 found");
  key(field, "Enter");
  await waitFor(() => expect(rowOf("get_weather").getAttribute("aria-selected")).toBe("true"));
  fireEvent.input(field, { target: { value: "voice is gone" } });
  key(field, "Enter");
  await waitFor(() => expect(rowOf("gone").getAttribute("aria-selected")).toBe("true"));
  key(field, "Escape");
  await waitFor(() => expect(screen.queryByRole("search")).toBeNull());
});

test("is copied as text and as Markdown", async () => {
  const copied = vi.spyOn(clipboard, "copyText").mockResolvedValue(true);
  await setup();
  await press("Copy or save the conversation");
  await press("Copy as text");
  await screen.findByText("Copied as text");
  expect(copied.mock.lastCall?.[0]).toContain("Vera (bot): It is cold [interrupted at");
  await press("Copy or save the conversation");
  await press("Copy as Markdown");
  await screen.findByText("Copied as Markdown");
  expect(copied.mock.lastCall?.[0]).toContain("**Vera** (bot)");
});

test("of several calls, it says which one is shown, and shows another", async () => {
  const { store, receive } = await setup();
  await receive(talkLines(), "call-2");
  const choice = await screen.findByRole<HTMLSelectElement>("combobox", {
    name: "Call of the conversation",
  });
  expect(choice.value).toBe("call-2");
  const first = choice.options[0]?.text.trim() ?? "";
  select("Call of the conversation", first);
  await waitFor(() => expect(store.conversations.current.value?.callId).toBe("call-1"));
});
