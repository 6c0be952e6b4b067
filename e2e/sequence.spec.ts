import { expect, test } from "./fixtures";

test("the sequence shows the room: arrows between its pages, details, and a copy as Mermaid", async ({
  inspector,
  openCall,
  server,
  room,
}) => {
  const ada = await openCall("Ada");
  const { panel } = await inspector.openPanel(ada);
  const bob = await openCall("Bob");
  const cy = await openCall("Cy");
  const dee = server.room(room).join({ userName: "Dee" });
  await expect(panel.getByRole("button", { name: "Seats" })).toHaveText("Seats 2");
  await panel.getByRole("button", { name: "Sequence" }).click();
  const sequence = panel.getByRole("grid", { name: "Sequence" });
  const row = (words: RegExp) =>
    sequence.getByRole("row").filter({ has: panel.getByRole("gridcell", { name: words }) });

  await ada.evaluate(() => window.call.sendAppMessage({ type: "hi", text: "all" }));
  await bob.evaluate(() => {
    const people = Object.values(window.call.participants());
    const to = people.find(({ user_name: name }) => name === "Cy");
    window.call.sendAppMessage({ type: "only", text: "Cy" }, to?.session_id);
  });
  dee.sendAppMessage({ type: "ping" });
  await cy.evaluate(() => window.call.setMeetingSessionData({ stage: "Cy" }, "shallow-merge"));

  const heads = sequence.getByRole("columnheader");
  await expect(heads).toHaveText(["Time", "Ada (you)", "Bob", "Cy", "Dee", "Room"]);
  // A message of one page is drawn once, whoever of the others got it.
  const hi = row(/^Ada \(you\) to everyone: hi/);
  await expect(hi).toHaveCount(1);
  await expect(hi.getByRole("gridcell").nth(1)).toHaveAccessibleName(
    /Bob received after .+ ms.*; Cy received after .+ ms.*; Dee not in view$/,
  );
  await expect(hi.locator(".arrow--arrived.head")).toHaveCount(2);
  await expect(row(/^Bob to Cy: only .*Cy received after .+ ms/)).toHaveCount(1);
  await expect(row(/^Dee to Ada \(you\), (Bob, Cy|Cy, Bob): ping/)).toHaveCount(1);
  await expect(row(/^Cy to Room: session data .*In the room after/)).toHaveCount(1);
  await expect(row(/^Room to Ada \(you\), (Bob, Cy|Cy, Bob): session data/).last()).toBeVisible();

  await hi.click();
  await expect(hi).toHaveAttribute("aria-selected", "true");
  await panel.getByRole("tab", { name: "Delivery" }).click();
  await expect(panel.getByRole("tabpanel", { name: "Delivery" })).toContainText(/Bob, received/);

  // From that message to the next one, by dragging.
  const only = row(/^Bob to Cy/);
  await hi.hover({ position: { x: 200, y: 15 } });
  const { mouse } = panel.page();
  await mouse.down();
  await only.hover({ position: { x: 210, y: 15 } });
  await mouse.up();
  const chosen = panel.getByRole("group", { name: "Chosen rows" });
  await expect(chosen).toContainText(/^2 rows · /);
  await chosen.getByRole("button", { name: "Copy as Mermaid" }).click();
  await expect(chosen).toContainText("Copied 2 events as Mermaid");
  // Pasted: no script of the panel may read the clipboard. A field of one line leaves line breaks out.
  const filter = panel.getByRole("combobox", { name: "Filter" });
  await filter.press("ControlOrMeta+v");
  await expect(filter).toHaveValue(
    /^sequenceDiagram *participant p0 as Ada *participant p1 as Bob .*p0->>p1: hi .*p1->>p2: only /,
  );
});

test.describe("at 400 px", () => {
  test.use({ options: { dock: "right", dockedSize: 400 } });

  test("what an arrow is about can be read wherever it is looked at", async ({
    inspector,
    openCall,
    server,
    room,
  }) => {
    const ada = await openCall("Ada");
    const { panel } = await inspector.openPanel(ada);
    for (const userName of ["Bob", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal"])
      server.room(room).join({ userName });
    await ada.evaluate(() => window.call.setMeetingSessionData({ stage: "Cy" }));
    await panel.getByRole("button", { name: "Sequence" }).click();
    const sequence = panel.getByRole("grid", { name: "Sequence" });
    const arrival = sequence.getByRole("row").filter({
      has: panel.getByRole("gridcell", { name: /^Room to Ada.*stage/ }),
    });
    // Docked at the side not all columns are in sight: first its end is, then its beginning.
    const label = arrival.locator(".sequence__label");
    await expect(label).toBeInViewport({ ratio: 0.99 });
    await sequence.evaluate((grid) => grid.scrollTo(grid.scrollWidth, grid.scrollTop));
    await expect
      .poll(() => sequence.evaluate((grid) => grid.scrollLeft), "there is something to scroll")
      .toBeGreaterThan(50);
    await expect(label).toBeInViewport({ ratio: 0.99 });
    await expect(label.locator(".type")).toHaveText("session data");
  });
});
