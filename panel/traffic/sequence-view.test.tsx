// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";

import type { SeatOrigin } from "../../core/session/seats";
import { session } from "../../core/testing/session-text";
import * as clipboard from "../ui/copy-text";
import { key, press, renderPanel } from "../testing/render-panel";

afterEach(() => vi.restoreAllMocks());

const TAB: SeatOrigin = { kind: "tab", tabId: 7 };

/** A panel on Ada's page; Bob's is in view. */
async function setup() {
  const panel = renderPanel([]);
  const { store } = panel;
  const receive = (documentId: string, callId: string, text: string) =>
    act(() => store.received(documentId, { ok: true, events: session(text, callId), invalid: 0 }));
  await receive(
    "page",
    "call-ada",
    `0 joined Ada with Bob
     100 send {"type":"hi"} to Bob
     300 refused send {"type":"big"} because too large
     400 received {"type":"re"} from Bob`,
  );
  await act(() => {
    store.documentOpened({ documentId: "bob", frameId: 0, url: "https://app.example/" }, TAB);
  });
  await receive(
    "bob",
    "call-bob",
    `5 joined Bob with Ada
     138 received {"type":"hi"} from Ada
     390 send {"type":"re"} to Ada`,
  );
  await press("Sequence");
  await screen.findByRole("grid", { name: "Sequence" });
  return panel;
}

const grid = () => screen.getByRole("grid", { name: "Sequence" });
const lanes = () =>
  within(grid())
    .getAllByRole("row")
    .sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
    .flatMap((row) => row.querySelector(".visually-hidden")?.textContent ?? []);
const rowOf = (text: string) =>
  within(grid())
    .getAllByRole("row")
    .find((row) => row.textContent.includes(text)) as HTMLElement;
const click = (row: HTMLElement) => {
  fireEvent.pointerDown(row, { button: 0 });
  fireEvent.pointerUp(row);
};

test("shows all seats as one sequence, said in words, and the table without them", async () => {
  const { store } = await setup();
  await waitFor(() =>
    expect(lanes()).toEqual([
      "Ada (you): joined",
      "Bob: joined",
      "Ada (you) to Bob: hi. Bob received after 38 ms by 1 listener in 0 ms",
      "Ada (you): big. Refused: too large",
      "Bob to Ada (you): re. Ada (you) received after 10 ms by 1 listener in 0 ms",
    ]),
  );
  expect(
    within(grid())
      .getAllByRole("columnheader")
      .map((head) => head.textContent),
  ).toEqual(["Time", "Ada (you)", "Bob"]);
  expect(store.filter.value.isRoomWide).toBe(false);
  expect(store.shown.value.entries).toHaveLength(7);
  await press("Table");
  await screen.findByRole("grid", { name: "Traffic" });
  expect(store.shown.value.entries).toHaveLength(4);
});

test("the filter applies, and an arrival whose message is filtered away still comes from its sender", async () => {
  const { store } = await setup();
  await act(() => {
    store.filter.value = { ...store.filter.value, text: "seat:Bob type:hi" };
  });
  await waitFor(() => expect(lanes()).toEqual(["Ada (you) to Bob: hi. Bob received after 38 ms"]));
});

test("a click and Enter show an event's details, arrows move", async () => {
  const { store } = await setup();
  await waitFor(() => expect(lanes()).toHaveLength(5));
  click(rowOf("hi"));
  await screen.findByRole("tab", { name: "Delivery" });
  expect(rowOf("hi").getAttribute("aria-selected")).toBe("true");
  key(grid(), "Escape");
  await waitFor(() => expect(screen.queryByRole("tab", { name: "Delivery" })).toBeNull());
  key(grid(), "ArrowDown");
  await waitFor(() => expect(rowOf("big").getAttribute("aria-selected")).toBe("true"));
  key(grid(), "End");
  key(grid(), "Enter");
  await screen.findByRole("tab", { name: "Payload" });
  expect(store.selected.value?.event.callId).toBe("call-bob");
  // An arrival has no row of its own: that of its message is chosen.
  const arrival = store.session.value.find("call-ada", 4);
  await act(() => store.selection.choose(arrival));
  await waitFor(() => expect(rowOf("10 ms").getAttribute("aria-selected")).toBe("true"));
});

test("rows that are chosen are copied as Mermaid, or shown alone", async () => {
  const copied = vi.spyOn(clipboard, "copyText").mockResolvedValue(true);
  const { store } = await setup();
  await waitFor(() => expect(lanes()).toHaveLength(5));
  await press("Copy as Mermaid");
  await screen.findByText("Copied 5 events as Mermaid");
  expect(copied.mock.lastCall?.[0]).toContain("  p1->>p0: re · 10 ms\n");

  click(rowOf("hi"));
  key(grid(), "ArrowDown", { shiftKey: true });
  const bar = await screen.findByRole("group", { name: "Chosen rows" });
  await waitFor(() => expect(bar.textContent).toContain("2 rows · 200 ms"));
  await press("Copy as Mermaid", bar);
  await screen.findByText("Copied 2 events as Mermaid");
  expect(copied.mock.lastCall?.[0]).toBe(`sequenceDiagram
  participant p0 as Ada
  participant p1 as Bob
  p0->>p1: hi · 38 ms
  Note over p0: big · refused
`);
  await press("Show only these", bar);
  await waitFor(() => expect(lanes()).toHaveLength(2));
  const { from = 0, to = 0 } = store.filter.value.span ?? {};
  expect(to - from).toBe(200);
});
