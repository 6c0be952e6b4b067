import type { BrowserContext } from "@playwright/test";

import { expect, test } from "./fixtures";
import { liveACall } from "./live-a-call";
import type { RoomServer } from "./room/server";

/**
 * Runs inside a page: puts a stand-in before every builtin that a script can replace, which sees when its direct caller
 * is a script of the extension. Notes their names, and throws for `victim`.
 */
function sabotage(victim: string | undefined): void {
  const ErrorAtStart = Error;
  const { apply, construct, getOwnPropertyDescriptor, ownKeys, defineProperty } = Reflect;
  const called = new Set<string>();
  const add = Set.prototype.add.bind(called);
  window.calledBuiltins = called;
  const callerIsOurs = () => {
    const holder: { stack?: string } = {};
    ErrorAtStart.captureStackTrace(holder, callerIsOurs);
    // The message, `check`, the trap, and who called.
    return /(?:chrome|moz)-extension:/.test(holder.stack?.split("\n")[3] ?? "");
  };
  let isInside = false;
  function check(name: string): void {
    if (isInside) return;
    isInside = true;
    const isOurs = callerIsOurs();
    if (isOurs) add(name);
    isInside = false;
    if (isOurs && name === victim) throw new ErrorAtStart(`sabotaged ${name}`);
  }
  const iterator = (of: Iterable<unknown>) =>
    Object.getPrototypeOf(of[Symbol.iterator]()) as object;
  const holders: Record<string, object> = {
    Array,
    "Array.prototype": Array.prototype,
    ArrayIterator: iterator([]),
    Date,
    "Date.prototype": Date.prototype,
    Error,
    "EventTarget.prototype": EventTarget.prototype,
    "Event.prototype": Event.prototype,
    "Function.prototype": Function.prototype,
    JSON,
    "Map.prototype": Map.prototype,
    MapIterator: iterator(new Map()),
    Math,
    "MessageEvent.prototype": MessageEvent.prototype,
    "MessagePort.prototype": MessagePort.prototype,
    Number,
    Object,
    "Object.prototype": Object.prototype,
    "Performance.prototype": Performance.prototype,
    "Promise.prototype": Promise.prototype,
    Reflect,
    "RegExp.prototype": RegExp.prototype,
    "Set.prototype": Set.prototype,
    SetIterator: iterator(new Set()),
    "String.prototype": String.prototype,
    Symbol,
    "TextEncoder.prototype": TextEncoder.prototype,
    "WeakMap.prototype": WeakMap.prototype,
    "WeakSet.prototype": WeakSet.prototype,
    window,
  };
  const plain = ["setTimeout", "clearTimeout", "queueMicrotask", "postMessage", "String", "Object"];
  for (const place of Object.keys(holders)) {
    const holder = holders[place] as object;
    for (const key of ownKeys(holder)) {
      const name = `${place}.${String(key)}`;
      if (holder === window && !plain.includes(String(key))) continue;
      if (key === "constructor" || key === "captureStackTrace") continue;
      const found = getOwnPropertyDescriptor(holder, key);
      if (!found?.configurable) continue;
      const standIn = (original: (...args: unknown[]) => unknown) =>
        new Proxy(original, {
          apply(target, self, args) {
            check(name);
            return apply(target, self, args) as unknown;
          },
          construct(target, args, newTarget) {
            check(name);
            return construct(target, args, newTarget) as object;
          },
        });
      if (typeof found.value === "function") found.value = standIn(found.value as () => unknown);
      else if (found.get) found.get = standIn(found.get as () => unknown) as () => unknown;
      else continue;
      defineProperty(holder, key, found);
    }
  }
}

/** What an app sees of a call's life in a page whose builtins were tampered with before daily-js came. */
async function live(
  context: BrowserContext,
  server: RoomServer,
  room: string,
  tamper: { script?: string; victim?: string | null },
): Promise<{ seen: string[]; called: string[] }> {
  const bob = server.room(room).join({ userName: "Bob" });
  bob.on((message) => {
    if (message.action === "app-message") bob.sendAppMessage({ echo: message.data });
  });
  const page = await context.newPage();
  await page.goto(`${server.origin}/pages/plain.html`);
  if (tamper.victim !== undefined) await page.evaluate(sabotage, tamper.victim ?? undefined);
  if (tamper.script) await page.evaluate(tamper.script);
  await page.addScriptTag({ url: `${server.origin}/daily.js` });
  await page.evaluate(
    ([url]) => {
      window.received = [];
      window.call = (window.Daily as NonNullable<typeof window.Daily>).createCallObject({
        url,
        userName: "Ada",
      });
      window.call.on("app-message", (event) => window.received.push(event));
    },
    [`${server.origin}/${room}`] as const,
  );
  const seen = await page.evaluate(liveACall);
  const called = await page.evaluate(() => [...(window.calledBuiltins ?? [])]);
  bob.leave();
  await page.close();
  return { seen, called };
}

test("every builtin that the hook calls may throw for it, and the app lives the same call", async ({
  server,
  room,
  inspector,
  plain,
}) => {
  test.setTimeout(300_000);
  const { seen: without } = await live(plain.context, server, `${room}-without`, {
    victim: null,
  });
  const { seen, called } = await live(inspector.context, server, `${room}-with`, {
    victim: null,
  });
  expect(seen).toEqual(without);
  // What was taken at the start can't be replaced; what is left is guarded. The list is found, not written down.
  expect(called.length).toBeGreaterThan(5);
  // A life is mostly waiting: for syncs of its session data.
  const left = [...called];
  const liveOn = async () => {
    for (let victim = left.shift(); victim !== undefined; victim = left.shift()) {
      const { seen: hurt } = await live(inspector.context, server, `${room}-${victim}`, { victim });
      expect(hurt, victim).toEqual(without);
    }
  };
  await Promise.all([liveOn(), liveOn(), liveOn()]);
});

const TAMPERED = {
  "a clock that is gone": "window.performance = undefined",
  "a performance without now": `Object.defineProperty(window, "performance", { value: { mark() {}, measure() {} } })`,
  "a property on all objects": `Object.defineProperty(Object.prototype, "payload", { value: "X", writable: true })`,
  "toJSON of all arrays": `Object.defineProperty(Array.prototype, "toJSON", { value() { return [...this]; }, configurable: true })`,
  "prepareStackTrace that throws":
    "Error.prepareStackTrace = (error) => error.message.nothing.here",
};
for (const [name, script] of Object.entries(TAMPERED))
  test(`a page with ${name} lives the same call, and all of it shows`, async ({
    server,
    room,
    inspector,
    plain,
  }) => {
    const { seen: without } = await live(plain.context, server, `${room}-without`, { script });
    expect(without.length).toBeGreaterThan(20);
    const { seen } = await live(inspector.context, server, `${room}-with`, { script });
    expect(seen).toEqual(without);
  });

test("a patch that a page puts on the class later is called, and what reaches Daily is seen", async ({
  openCall,
  inspector,
}) => {
  const page = await openCall("Ada");
  const { panel } = await inspector.openPanel(page);
  const differences = await page.evaluate(() => {
    let home: object = window.call;
    while (!Object.hasOwn(home, "sendAppMessage")) home = Object.getPrototypeOf(home) as object;
    const holder = home as Record<string, (...args: unknown[]) => unknown>;
    const original = holder["sendAppMessage"] as (...args: unknown[]) => unknown;
    holder["sendAppMessage"] = function (data, to) {
      return Reflect.apply(original, this, [{ ...(data as object), stamped: true }, to]);
    };
    window.call.sendAppMessage({ n: 1 });
    return { own: Object.getOwnPropertyNames(window.call).includes("sendAppMessage") };
  });
  expect(differences.own).toBe(false);
  await expect(panel.locator(".traffic__rows .row", { hasText: "stamped" })).toBeVisible();
});

test("a page that removed the accessor (as SES lockdown does) is said to be unseen, with the reason", async ({
  server,
  inspector,
  room,
}) => {
  const page = await inspector.newPage();
  await page.route("**/pages/call.html*", async (route) => {
    const response = await route.fetch({ maxRetries: 1 });
    const lockdown = "<script>delete Object.prototype._callObjectMode;</script>";
    const body = (await response.text()).replace("<head>", `<head>${lockdown}`);
    await route.fulfill({ response, body });
  });
  await page.goto(`${server.origin}/pages/call.html?room=${room}&name=Ada&autojoin=1`);
  const { panel } = await inspector.openPanel(page);
  await expect(panel.getByText(/SES lockdown/).first()).toBeVisible();
});

test.describe("with an extension that reloads", () => {
  test.use({ ownBrowser: true });

  test("after a reload of the extension the page hears nothing of it", async ({
    inspector,
    openCall,
    server,
    room,
  }) => {
    const page = await openCall("Ada");
    const { panel, devtools } = await inspector.openPanel(page);
    const faults: string[] = [];
    const session = await page.context().newCDPSession(page);
    // In any of its worlds: the relay's is one of its own.
    session.on("Runtime.exceptionThrown", ({ exceptionDetails }) =>
      faults.push(exceptionDetails.exception?.description ?? exceptionDetails.text),
    );
    await session.send("Runtime.enable");
    const sent = server.room(room).messages().length;
    await panel.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
    await expect.poll(() => panel.isDetached() || devtools.isClosed()).toBe(true);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let n = 0;
          const timer = setInterval(() => {
            window.call.sendAppMessage({ n });
            if (++n < 20) return;
            clearInterval(timer);
            resolve();
          }, 50);
        }),
    );
    await expect.poll(() => server.room(room).messages().length).toBe(sent + 20);
    expect(faults).toEqual([]);
  });
});
