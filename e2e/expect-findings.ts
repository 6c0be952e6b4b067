import type { Frame } from "@playwright/test";

import { ALL_RULES } from "../core/rules/all-rules";
import { expect } from "./fixtures";

/** A finding as the panel has to show it. */
export type ExpectedFinding = {
  /** The rule's id. */
  readonly rule: string;
  /** What the finding says, in part: its numbers, types and people. */
  readonly says: string | RegExp;
  /** What the row of its first event says, in part. */
  readonly shows: string;
};

/** Waits until the panel shows these findings, and checks that it shows no other, and the event behind each. */
export async function expectFindings(
  panel: Frame,
  expected: readonly ExpectedFinding[],
): Promise<void> {
  const ids = [...new Set(expected.map(({ rule }) => rule))].sort((a, b) => a.localeCompare(b));
  const shownIds = async () =>
    (await panel.locator(".rule__title").allTextContents())
      .map((shown) => ALL_RULES.find(({ title }) => title === shown)?.id ?? shown)
      .sort((a, b) => a.localeCompare(b));

  const openFindings = () => panel.getByRole("tab", { name: "Findings" }).click();
  await openFindings();
  await expect.poll(shownIds, { timeout: 20_000 }).toEqual(ids);
  for (const { rule, says, shows } of expected) {
    const name = ALL_RULES.find(({ id }) => id === rule)?.title ?? rule;
    const card = panel.getByRole("region", { name, exact: true });
    const finding = card.locator(".finding").filter({ hasText: says });
    await expect(finding, (await card.allTextContents()).join("\n")).toHaveCount(1);
    await finding
      .getByRole("button", { name: /^#\d+$/ })
      .first()
      .click();
    await expect(panel.locator(".row[aria-selected=true]")).toContainText(shows);
    await openFindings();
  }
  expect(await shownIds()).toEqual(ids);
  await expect(panel.locator(".finding")).toHaveCount(expected.length);
}
