import { readFileSync } from "node:fs";

import type { BrowserContext, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import type { RoomServer } from "./room/server";

/** Opens a page with a call, with or without the extension. */
async function openPage(context: BrowserContext, server: RoomServer, room: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.origin}/pages/call.html?room=${room}&name=Ada`);
  await page.waitForFunction(() => window.call !== undefined);
  return page;
}

/** Runs in a page: the source text, or what else it is, of all that a script finds on the objects that it has. */
function inventory(): Record<string, string> {
  const { call } = window;
  const home = Object.getPrototypeOf(call) as object;
  // oxlint-disable-next-line typescript/unbound-method -- looked at, never called
  const { set } = Object.getOwnPropertyDescriptor(Object.prototype, "_callObjectMode") ?? {};
  const places: Record<string, object> = {
    window,
    document,
    navigator,
    "Object.prototype": Object.prototype,
    "Function.prototype": Function.prototype,
    "Array.prototype": Array.prototype,
    "Promise.prototype": Promise.prototype,
    "EventTarget.prototype": EventTarget.prototype,
    "MessagePort.prototype": MessagePort.prototype,
    Object,
    Reflect,
    JSON,
    Error,
    call,
    "Call.prototype": home,
    "EventEmitter.prototype": Object.getPrototypeOf(home) as object,
    ...(set && { "the setter": set }),
  };
  const found: Record<string, string> = {};
  for (const [place, holder] of Object.entries(places))
    for (const key of Reflect.ownKeys(holder)) {
      const own = Object.getOwnPropertyDescriptor(holder, key);
      const value: unknown = own?.value;
      found[`${place}.${String(key)}`] = typeof value === "function" ? String(value) : typeof value;
    }
  return found;
}

test("what a page can find of the extension is what docs/trust.md lists", async ({
  inspector,
  plain,
  server,
  room,
}) => {
  const [without, withIt] = await Promise.all(
    [plain.context, inspector.context].map(async (context) => {
      const page = await openPage(context, server, room);
      const found = await page.evaluate(inventory);
      await page.close();
      return found;
    }),
  );
  // Every function has these.
  const additions = Object.entries(withIt ?? {}).flatMap(([name, text]) =>
    without?.[name] === text ||
    /^the setter\.(?:length|name|prototype|arguments|caller)$/.test(name)
      ? []
      : [`${name in (without ?? {}) ? "replaced" : "added"} ${name}`],
  );
  expect(Object.keys(without ?? {}).filter((name) => !(name in (withIt ?? {})))).toEqual([]);

  const page = readFileSync(new URL("../docs/trust.md", import.meta.url), "utf8");
  const listed = [...page.matchAll(/^\| `([^`]+)` \| (added|replaced) \|/gm)].map(
    ([, name, how]) => `${how} ${name}`,
  );
  expect(additions.toSorted()).toEqual(listed.toSorted());
});

/** Runs in a page: how often a payload is read, and which scripts of extensions are in the stack of a call. */
async function callOnce() {
  const { call } = window;
  let reads = 0;
  let conversions = 0;
  let frames = "";
  await call.join();
  call.sendAppMessage({
    get read() {
      reads++;
      // Daily reads last, below every wrapper.
      frames = new Error("here").stack ?? "";
      return 1;
    },
  });
  const inherits = { toJSON: () => ++conversions };
  call.sendAppMessage(Object.create(inherits));
  const scripts = [...frames.matchAll(/-extension:\/\/[^\s)]*\/([^/\s)]+?):\d+:\d+/g)];
  return { reads, conversions, scripts: [...new Set(scripts.map(([, name]) => name))] };
}

test("a payload is read as often as docs/trust.md says, and a call's frames have the extension's name", async ({
  inspector,
  plain,
  server,
  room,
}) => {
  const [without, withIt] = await Promise.all(
    [plain.context, inspector.context].map(async (context, at) => {
      const page = await openPage(context, server, `${room}-${at}`);
      const seen = await page.evaluate(callOnce);
      await page.close();
      return seen;
    }),
  );
  if (!without || !withIt) throw new Error("no page");
  expect(withIt.conversions - without.conversions).toBe(1);
  expect(withIt.reads - without.reads).toBe(2);
  expect(without.scripts).toEqual([]);
  expect(withIt.scripts).toEqual(["inspector-for-daily-hook.iife.js"]);
});
