import { readdirSync, readFileSync } from "node:fs";

import sharp from "sharp";
import { describe, expect, test } from "vitest";

import { CAPTIONS } from "../e2e/store/captions";
import manifest from "../manifest.json" with { type: "json" };
import { explainedAccess, manifestAccess } from "../scripts/manifest-access";

const bytesOf = (name: string) => readFileSync(new URL(name, import.meta.url));
const read = (name: string) => bytesOf(name).toString("utf8");

/** The blocks of a listing that are pasted as they are, by name. */
function blocks(page: string): Readonly<Record<string, string>> {
  const found = read(page).matchAll(/^```text (\S+)\n(.+?)\n```$/gms);
  return Object.fromEntries([...found].map(([, name = "", text = ""]) => [name, text]));
}

const DESCRIPTION = read("description.txt");
const NUMBERS = ["None", "One", "Two", "Three"];

const LIMITS = {
  // The last is no limit of Chrome's that is known: a text as short as that fits in any case.
  "chrome.md": {
    name: 75,
    summary: 132,
    purpose: 1_000,
    "host-permission": 1_000,
    "test-instructions": 500,
  },
  "edge.md": { name: 45, summary: 132 },
  "firefox.md": { name: 50, summary: 250 },
} as const;

describe.each(Object.entries(LIMITS))("the listing in %s", (page, limits) => {
  const texts = blocks(page);

  test("has texts that fit", () => {
    for (const [name, limit] of Object.entries(limits)) {
      expect(texts[name]?.length, name).toBeGreaterThan(0);
      expect(texts[name]?.length, name).toBeLessThanOrEqual(limit);
    }
  });

  test("has the name of the manifest, and its summary where the store takes it from there", () => {
    expect(texts["name"]).toBe(manifest.name);
    if (page !== "firefox.md") expect(texts["summary"]).toBe(manifest.description);
  });

  test("has nothing to fill in within what is pasted", () => {
    expect(Object.values(texts).join()).not.toContain("PUBLISHER");
    expect(read(page)).toMatch(/\*\*\[PUBLISHER: .+?\]\*\*/);
  });

  test("names pictures that exist", () => {
    const named = [...read(page).matchAll(/([\w-]+\.png)/g)].map(([, name]) => name);
    expect(readdirSync(new URL("pictures", import.meta.url))).toEqual(
      expect.arrayContaining(named),
    );
    for (const name of Object.keys(CAPTIONS)) expect(named).toContain(`${name}.png`);
  });
});

test("the description fits every store", () => {
  expect(DESCRIPTION.length).toBeGreaterThanOrEqual(250);
  expect(DESCRIPTION.length).toBeLessThanOrEqual(10_000);
});

const SENDS_NOTHING = "By itself, the extension sends nothing anywhere";
const plain = (name: string) => read(name).replaceAll(/\s+/g, " ");

test.each([
  "../README.md",
  "../PRIVACY.md",
  "../SECURITY.md",
  "../docs/trust.md",
  "../docs/agents.md",
  "description.txt",
  "chrome.md",
  "firefox.md",
])(
  "%s says in the same words what the extension sends, and nothing that is untrue of agents",
  (page) => {
    expect(plain(page)).toContain(SENDS_NOTHING);
    expect(plain(page)).not.toMatch(
      /nothing (?:ever )?leaves|never leaves|(?:stays|stay) on your|goe?s? nowhere|sends nothing to anyone/i,
    );
  },
);

test("what is said of scripts in the page's own world is said of as many as each package has", () => {
  const own = manifest.content_scripts.filter(({ world }) => world === "MAIN");
  const ofFirefox = own.filter(({ js }) => !js.some((file) => file.includes("-agent-")));
  const said = (text = "") =>
    /(\w+) of (?:the scripts|them) runs? in the page's own world/.exec(text);
  expect(said(blocks("chrome.md")["host-permission"])?.[1]).toBe(NUMBERS[own.length]);
  expect(said(blocks("firefox.md")["reviewer-notes"])?.[1]).toBe(NUMBERS[ofFirefox.length]);
});

test("the listings name the tools for coding agents, whom they obey and who can use them", () => {
  const { purpose = "", "host-permission": access = "", ...chrome } = blocks("chrome.md");
  for (const text of [DESCRIPTION, access]) {
    expect(text).toMatch(/any script of the page can use them/);
    expect(text).toMatch(/tell only of their own document|only of that page's own document/);
  }
  for (const text of [DESCRIPTION, access, purpose])
    expect(text).toMatch(
      /tools .*send (?:and|or) set data are refused until (?:you|the user) allows? them/i,
    );
  expect(DESCRIPTION).toContain("FOR CODING AGENTS, IN CHROME AND EDGE");
  expect(chrome["test-instructions"]).toContain("tools for coding agents");
  expect(blocks("firefox.md")["reviewer-notes"]).toContain("are in Chromium's build only");
});

test("the search terms fit Edge", () => {
  const terms = (blocks("edge.md")["search-terms"] ?? "").split("\n");
  expect(terms.length).toBeLessThanOrEqual(7);
  expect(terms.flatMap((term) => term.split(" ")).length).toBeLessThanOrEqual(21);
  for (const term of terms) expect(term.length).toBeLessThanOrEqual(30);
});

const PICTURES: Readonly<Record<string, readonly [width: number, height: number]>> = {
  ...Object.fromEntries(Object.keys(CAPTIONS).map((name) => [`${name}.png`, [1280, 800] as const])),
  "tile-440x280.png": [440, 280],
  "tile-1400x560.png": [1400, 560],
  "icon-128.png": [128, 128],
  "icon-300.png": [300, 300],
  "icon-64.png": [64, 64],
  "icon-32.png": [32, 32],
};

test("the pictures are what the stores want, and there are no others", async () => {
  expect(readdirSync(new URL("pictures", import.meta.url)).toSorted()).toEqual(
    Object.keys(PICTURES).toSorted(),
  );
  for (const [name, [width, height]] of Object.entries(PICTURES)) {
    const found = await sharp(bytesOf(`pictures/${name}`)).metadata();
    expect(found, name).toMatchObject({ format: "png", width, height, depth: "uchar" });
    // Screenshots and tiles have 24 bits; an icon has room around it.
    expect(found.hasAlpha, name).toBe(name.startsWith("icon"));
  }
});

test("Chrome's icon is 96 pixels wide, in the middle of 128", async () => {
  const { info } = await sharp(bytesOf("pictures/icon-128.png"))
    .trim()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 96, height: 96 });
});

test("the film of the README is an animation of 10 to 16 seconds that GitHub shows", async () => {
  const bytes = bytesOf("../docs/demo.webp");
  expect(bytes.length).toBeLessThan(3_000_000);
  const { format, width, delay = [], loop } = await sharp(bytes, { pages: -1 }).metadata();
  expect({ format, loop }).toEqual({ format: "webp", loop: 0 });
  expect(width).toBeGreaterThanOrEqual(830);
  const ms = delay.reduce((sum, each) => sum + each, 0);
  expect(ms).toBeGreaterThan(10_000);
  expect(ms).toBeLessThan(16_000);
});

test("everything that the manifest gives access to is explained, and nothing else is", () => {
  expect(manifestAccess(manifest).toSorted()).toEqual(
    explainedAccess(read("permissions.md")).toSorted(),
  );
});

test("what no one has explained fails", () => {
  const explained = explainedAccess(read("permissions.md"));
  for (const more of [
    { permissions: ["tabs"] },
    { host_permissions: ["<all_urls>"] },
    { web_accessible_resources: [{ resources: ["*"], matches: ["<all_urls>"] }] },
    { externally_connectable: { matches: ["https://*.example/*"] } },
    { content_security_policy: { extension_pages: "script-src 'self' https://cdn.example" } },
    { content_scripts: [{ ...manifest.content_scripts[1], world: "MAIN" }] },
  ])
    expect(explained).not.toEqual(expect.arrayContaining([...manifestAccess(more)]));
});
