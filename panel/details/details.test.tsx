// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";

import { pick, renderPanel, row } from "../testing/render-panel";

const delivery = () => screen.getByRole("tabpanel", { name: "Delivery" }).textContent;

test("Delivery says what another call that is seen received, and when", async () => {
  const { happens } = renderPanel([
    "created",
    "joined Ada with Bob, Cy",
    "another created",
    "another joined Bob with Ada, Cy",
    `send {"text":"hi"} to *`,
    `another received {"text":"hi"} from Ada by 2`,
  ]);
  pick(await row("Everyone"));
  fireEvent.click(await screen.findByRole("tab", { name: "Delivery" }));
  const bob = () =>
    screen.getAllByRole("listitem").find((each) => each.textContent?.includes("Bob"));
  await waitFor(() =>
    expect(bob()?.textContent).toMatch(/^Bob, received after [\d.]+ m?s by 2 listeners in /),
  );
  const names = () => screen.getAllByRole("listitem").map((each) => each.textContent);
  expect(names()).toContain("Cy, not in view");
  expect(delivery()).toContain("To see what those not in view received, open their tabs");
  await happens([`another received {"text":"hi"} from Ada`]);
  await waitFor(() =>
    expect(bob()?.textContent).toMatch(/^Bob, received 2 times, first after [\d.]+ m?s /),
  );
  // The row says as much as before, and warns now.
  const cell = (await row("Everyone")).querySelector(".cell--delivered");
  expect(cell?.textContent).toMatch(/^1 of 1/);
  expect(cell?.className).toContain("delivered--warning");
  await happens([`send "for Bob" to Bob`, `another received "for Bob" from Ada`]);
  pick(await row("for Bob", "Ada (you)"));
  await waitFor(() =>
    expect(names()).toEqual([expect.stringMatching(/^Bob: in the call, received/)]),
  );
  expect(delivery()).not.toContain("To see what");
});

test("Delivery says once how to see what was received where no one's page is in view", async () => {
  renderPanel(["created", "joined Ada with Bob, Cy", `send "hi" to *`]);
  pick(await row("Everyone"));
  fireEvent.click(await screen.findByRole("tab", { name: "Delivery" }));
  await waitFor(() =>
    expect(delivery()).toContain("No recipient’s page is in view. To see what they"),
  );
  expect(delivery()).not.toContain("not in view");
});

test("JSON inside a string is shown decoded, said to be, and measured place by place", async () => {
  const text = JSON.stringify(
    JSON.stringify({ type: "transcript", role: "user", transcript: "Hello there".repeat(8) }),
  );
  renderPanel(["joined Ada with Bob", `received ${text} from Bob`]);
  pick(await row("Hello there"));
  await screen.findByText("Decoded from a string");
  expect(screen.getByText("transcript:", { exact: false, selector: ".tree__key" })).toBeDefined();
  const sizes = screen.getByRole("table", { name: /the decoded JSON/ });
  expect(sizes.textContent).toContain("transcript");
});

test("what a status means stands apart from its word", async () => {
  renderPanel(["created", "joined Ada with Bob", `send "hi" to *`]);
  pick(await row("Everyone"));
  const detail = await screen.findByText(/^Handed over to Daily\./);
  expect(detail.previousElementSibling?.textContent).toBe("sent");
  expect(detail.className).toBe("fact__detail");
});
