import type { Frame } from "@playwright/test";

import { expect, test } from "./fixtures";

const box = (panel: Frame) => panel.getByRole("combobox", { name: "Filter" });

test("a saved filter survives closing the panel, and can be renamed and deleted", async ({
  inspector,
  openCall,
}) => {
  const page = await openCall("Ada");
  const first = await inspector.openPanel(page);
  await box(first.panel).fill("type:chat dir:out");
  await first.panel.getByRole("button", { name: "Saved filters" }).click();
  await first.panel.getByRole("textbox", { name: "Name of the filter" }).fill("My chats");
  await first.panel.getByRole("button", { name: "Save this filter" }).click();
  await expect(first.panel.getByRole("button", { name: "Delete My chats" })).toBeVisible();
  await first.devtools.close();

  const { panel } = await inspector.openPanel(page);
  await expect(box(panel)).toHaveValue("");
  await panel.getByRole("button", { name: "Saved filters" }).click();
  await panel.getByRole("button", { name: "Rename My chats" }).click();
  await panel.getByRole("textbox", { name: "New name of My chats" }).fill("Own chats");
  await panel.getByRole("button", { name: "Rename", exact: true }).click();
  await panel.getByRole("button", { name: "Own chats type:chat dir:out" }).click();
  await expect(box(panel)).toHaveValue("type:chat dir:out");
  await box(panel).fill("own");
  await expect(panel.getByRole("option")).toHaveText([/Own chats/]);
  await panel.getByRole("button", { name: "Saved filters" }).click();
  await panel.getByRole("button", { name: "Delete Own chats" }).click();
  await expect(panel.getByRole("button", { name: "Delete Own chats" })).toHaveCount(0);
});

for (const [place, options] of Object.entries({
  "docked right": { dock: "right", dockedSize: 400 },
  "docked at the bottom": { dock: "bottom", dockedSize: 250 },
} as const))
  test.describe(place, () => {
    test.use({ options });

    test("all that the filter offers lies within the panel, below what is wrong", async ({
      inspector,
      openCall,
    }) => {
      const { panel } = await inspector.openPanel(await openCall("Ada"));
      const list = panel.getByRole("listbox", { name: "Completions" });
      const problem = panel.getByRole("status").filter({ hasText: "Unknown filter" });
      const isWithin = (what: typeof list) =>
        what.evaluate((element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
          return isInside && element.scrollWidth <= element.clientWidth;
        });
      await box(panel).click();
      await expect(list).toBeVisible();
      expect(await isWithin(list)).toBe(true);
      await box(panel).fill("nonsense:x ");
      await expect(list).toBeVisible();
      await expect(problem).toBeVisible();
      expect([await isWithin(problem), await isWithin(list)]).toEqual([true, true]);
    });
  });

for (const [place, options] of Object.entries({
  undocked: {},
  "docked at the bottom": { dock: "bottom", dockedSize: 250 },
} as const))
  test.describe(`${place}, 1280 px wide`, () => {
    test.use({ options });

    test("the box has room for two terms", async ({ inspector, openCall }) => {
      const { panel } = await inspector.openPanel(await openCall("Ada"));
      await box(panel).fill("type:reaction dir:out");
      const isFitting = (input: Element) => input.scrollWidth <= input.clientWidth;
      expect(await box(panel).evaluate(isFitting)).toBe(true);
    });
  });
