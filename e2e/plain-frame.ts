import { expect, type Frame, type Page } from "@playwright/test";

/** Adds a frame without a call to a page. */
export async function addPlainFrame(page: Page): Promise<Frame> {
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement("iframe"), { src: "plain.html" }));
  });
  const find = () => page.frame({ url: /plain\.html/ });
  await expect.poll(() => find()?.evaluate("1")).toBe(1);
  return find() as Frame;
}
