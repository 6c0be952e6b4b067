// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { expect, test } from "vitest";

import { session } from "../../core/testing/session-text";
import { openTab, press, renderPanel } from "../testing/render-panel";

const BOB = { documentId: "bob", frameId: 0, url: "https://app.example/bob" };
const card = () => screen.findByRole("region", { name: /^Seats/ });
const cells = async () =>
  within(await card())
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole("cell")
        .slice(1)
        .map(({ textContent }) => textContent),
    );

/** Ada's page, with Bob's tab as a seat in which this happened. */
async function openRoom(adas: readonly string[], bobs: string) {
  const panel = renderPanel(["created", "joined Ada with Bob", ...adas]);
  openTab("Room");
  await screen.findByRole("region", { name: "Compare rooms" });
  expect(screen.queryByRole("region", { name: /^Seats/ })).toBeNull();
  void act(() => void panel.store.documentOpened(BOB, { kind: "tab", tabId: 2 }));
  const events = session(bobs, "call-bob");
  void act(() => panel.store.received("bob", { ok: true, events, invalid: 0 }));
  return panel;
}

test("what pages in view hold is compared: what differs comes first, the rest is folded", async () => {
  const { happens } = await openRoom(
    [`session-state {"stage":{"name":"Ada"},"votes":1}`],
    `0 joined Bob with Ada\n6000 session-state {"stage":{"name":"Ada"},"votes":1}\n7000 updated Bob {"hand":"up"}`,
  );
  const region = await card();
  await waitFor(() => within(region).getByText("Bob’s user data"));
  expect(await cells()).toEqual([["none", `{hand: "up"}`]]);
  expect(
    within(region)
      .getAllByRole("columnheader")
      .map(({ textContent }) => textContent),
  ).toEqual(["Differ", "Ada (you)", "Bob"]);
  expect(region.textContent).toContain("Both seats agree on the rest: 2 keys of session data");
  await press("2 keys of session data", region);
  await waitFor(() =>
    expect(
      within(within(region).getByRole("list", { name: "What is the same" }))
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual([`stage: {name: "Ada"}`, "votes: 1"]),
  );
  await press("Bob’s user data", region);
  await waitFor(() => expect(within(region).getByRole("tree").textContent).toContain("hand"));

  await happens([`updated Bob {"hand":"up"}`]);
  await waitFor(() =>
    expect(region.textContent).toContain(
      "Both seats agree: 2 keys of session data, user data of 1 participant",
    ),
  );
  expect(within(region).queryByRole("table")).toBeNull();
});

test("the slider chooses the moment, and what differs for long is a warning", async () => {
  const { happens, store } = await openRoom(
    [`session-state {"votes":1}`, `session-state {"votes":2}`, "joins Cy"],
    `0 joined Bob with Ada\n6000 session-state {"votes":1}\n9000 session-state {"votes":2}`,
  );
  const region = await card();
  await waitFor(() => expect(region.textContent).toContain("Both seats agree: 1 key"));
  fireEvent.input(screen.getByLabelText("Moment"), { target: { value: 2 } });
  await waitFor(() => expect(region.textContent).toContain("after event #4"));
  expect(await cells()).toEqual([["2", "1"]]);
  expect(region.textContent).toContain("for 0 ms");
  void act(() => void (store.moment.value = undefined));

  await happens([`session-state {"votes":3}`, "joins Dee", "joins Eve", "joins Fay"]);
  await waitFor(() => expect(region.textContent).toContain("for 6 s"));
  const [age] = within(region).getAllByText("for 6 s");
  expect(age?.className).toContain("is-warning");
});
