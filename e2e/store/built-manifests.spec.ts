import { readFileSync } from "node:fs";

import { expect, test } from "@playwright/test";

import { explainedAccess, manifestAccess } from "../../scripts/manifest-access";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** A built background script is a loader of what was built from the source. */
function sourceOf(browser: string, file: string): string {
  const name = /import '.\/assets\/(.+?)\.ts-/.exec(read(`dist/${browser}/${file}`))?.[1];
  return name ? `extension/${name}` : file;
}

/** Parts that a build leaves out because its browser has no use for them. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  chrome: ["background: extension/event-page"],
  firefox: [
    "background: extension/agents",
    "content_scripts: <all_urls> content-script/inspector-for-daily-agent-tools (MAIN world)",
    "content_scripts: <all_urls> content-script/inspector-for-daily-agent-relay",
  ],
};

for (const [browser, leftOut] of Object.entries(LEFT_OUT)) {
  test(`the manifest built for ${browser} has what store/permissions.md explains`, () => {
    const manifest = JSON.parse(read(`dist/${browser}/manifest.json`)) as Record<string, unknown>;
    const explained = explainedAccess(read("store/permissions.md"));
    const access = manifestAccess(manifest, (file) => sourceOf(browser, file));
    expect([...access, ...leftOut].toSorted()).toEqual(explained.toSorted());
  });
}
