import { expect, test } from "vitest";

import type { Access } from "../../extension/link";
import { createReachCheck, type PageLook } from "./page-reach";
import { createStore } from "./store";

const PAGE: PageLook = { origin: "https://app.example:8443", isLoading: false, hasHook: true };

/** A page that looks like this, one look after the other, the last of them from then on. */
function setup(looks: readonly (PageLook | undefined)[], access: Access) {
  const store = createStore();
  const timers: (() => void)[] = [];
  const asked: string[] = [];
  const probed: (number | "all")[] = [];
  let at = 0;
  const check = createReachCheck({
    link: {
      tabId: 1,
      probe: (tabId) => void probed.push(tabId),
      askAccess(origin) {
        asked.push(origin);
        return Promise.resolve(access);
      },
    },
    look: () => Promise.resolve(looks[Math.min(at++, looks.length - 1)]),
    sink: store,
    later: (run) => void timers.push(run),
  });
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
  return {
    store,
    asked,
    probed,
    looks: () => at,
    check,
    settle,
    /** Lets time pass until nothing waits for it. */
    async pass() {
      await settle();
      for (let timer = timers.shift(); timer; timer = timers.shift()) {
        timer();
        await settle();
      }
    },
  };
}

const SITE = { isReached: false, isAllowed: true };

for (const [what, look, access, expected] of [
  ["a page whose relay answers", PAGE, { isReached: true, isAllowed: true }, undefined],
  // The browser took access away, but what runs in the page goes on until it is reloaded.
  ["a page from before access went", PAGE, { isReached: true, isAllowed: false }, undefined],
  [
    "a site without access",
    { ...PAGE, hasHook: false },
    { isReached: false, isAllowed: false },
    { kind: "not-allowed", site: "app.example:8443" },
  ],
  [
    "local files without access",
    { ...PAGE, origin: "file://", hasHook: false },
    { isReached: false, isAllowed: false },
    { kind: "not-allowed", site: "local files" },
  ],
  ["a hook without a relay", PAGE, SITE, { kind: "outdated" }],
  ["a page without either", { ...PAGE, hasHook: false }, SITE, { kind: "not-loaded" }],
  ["a page that can't be looked at", undefined, SITE, { kind: "closed" }],
] as const)
  test(`${what} is told as such`, async () => {
    const { store, check, pass, probed } = setup([look], access);
    check();
    await pass();
    expect(store.outOfReach.value).toEqual(expected);
    expect(probed).toEqual(access.isReached ? [1] : []);
  });

test("a page that is being loaded is looked at again, and so is one that isn't there for a moment", async () => {
  const loading = { ...PAGE, isLoading: true, hasHook: false };
  const { store, check, pass, looks } = setup([undefined, loading, loading, PAGE], SITE);
  check();
  await pass();
  expect(looks()).toBe(4);
  expect(store.outOfReach.value).toEqual({ kind: "outdated" });
});

test("what a document said goes before what was found out", async () => {
  const { store, check, pass } = setup([PAGE], SITE);
  check();
  store.outOfReach.value = { kind: "off" };
  await pass();
  expect(store.outOfReach.value).toEqual({ kind: "off" });
});

test("of two looks only the later counts", async () => {
  const { store, check, pass, asked } = setup([{ ...PAGE, hasHook: false }, PAGE], SITE);
  check();
  check();
  await pass();
  expect(asked).toEqual([PAGE.origin]);
  expect(store.outOfReach.value).toEqual({ kind: "outdated" });
});
