import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { createSavedFilters } from "../filter/saved-filters";
import { createMutes } from "../findings/mutes";
import { createDrafts } from "../send/drafts";
import { keepDrafts } from "../send/kept-drafts";
import { createSnippets } from "../send/snippets";
import { createSafeStorage } from "../session/kept";
import { imported } from "../testing/recording-files";
import { createBaselines } from "../types/baselines";
import { keepSettings } from "./kept-settings";
import { createStore } from "./store";

const KEPT = fileURLToPath(new URL("../../e2e/kept", import.meta.url));
const versions = readdirSync(KEPT, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

/** What the panel of a version left in the extension's storage. */
function storageOf(version: string) {
  const values = new Map(
    Object.entries(
      JSON.parse(readFileSync(`${KEPT}/${version}/storage.json`, "utf8")) as Record<string, string>,
    ),
  );
  const storage = createSafeStorage(
    () =>
      ({
        getItem: (key: string) => values.get(key) ?? null,
        setItem: (key: string, value: string) => void values.set(key, value),
        removeItem: (key: string) => void values.delete(key),
      }) as Storage,
  );
  return { storage, values };
}

test("every version before this one is kept", () => {
  const changelog = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
  const [, ...earlier] = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)/gm)].map(
    ([, version]) => version,
  );
  expect(versions).toEqual(expect.arrayContaining(earlier));
});

describe.each(versions)("what %s left behind", (version) => {
  test("its recording opens, with every event and what follows from them", async () => {
    const text = readFileSync(`${KEPT}/${version}/recording.json`, "utf8");
    const { store } = await imported(text);
    const { source } = store.session.value;
    expect(source?.skipped.count).toBe(0);
    expect(store.counts.value.events).toBe(
      (JSON.parse(text) as { events: unknown[] }).events.length,
    );
    expect(store.calls.value.map(({ person }) => person)).toEqual(["Ada"]);
    const { history } = store.shownCall() ?? {};
    expect(JSON.parse(history?.session.versions.at(-1)?.payload?.json ?? "")).toEqual({
      stage: "Ada",
      votes: 2,
    });
    const messages = store.shown.value.entries.flatMap(({ event }) =>
      event.kind === "method-called" && event.method === "sendAppMessage"
        ? [event.payload.chars > 100 ? "long" : event.payload.json]
        : [],
    );
    expect(messages).toEqual([
      '{"type":"early"}',
      '{"type":"cue"}',
      '{"type":"chat","text":"hello Bob"}',
      "long",
    ]);
    const findings = () => store.findings.open.value.map(({ rule }) => rule.id).toSorted();
    await expect.poll(findings).toEqual(["over-limit", "recipient-unknown", "sent-before-join"]);
  });

  test("its settings hold", () => {
    const { storage, values } = storageOf(version);
    const store = createStore();
    keepSettings(storage, store);
    expect(store.preserveLog.value).toBe(true);
    expect(store.theme.value).toBe("dark");
    expect(store.limits.value.events).toBe(50_000);
    // No setting is dropped as one of another shape: each is written back as it was.
    const before = storageOf(version).values;
    for (const [key, value] of before)
      if (key.startsWith("setting:"))
        expect([key, JSON.parse(values.get(key) ?? "") as unknown]).toEqual([
          key,
          JSON.parse(value) as unknown,
        ]);
  });

  test("its filters, snippets, mutes, drafts and baselines are there", () => {
    const { storage, values } = storageOf(version);
    expect(createSavedFilters(storage).list.value).toEqual([
      { name: "My chats", text: "type:chat dir:out" },
    ]);
    expect(createSnippets(storage).list.value).toContainEqual({
      name: "Greeting",
      kind: "send-app-message",
      text: '{"type":"chat","text":"from a snippet"}',
    });
    const mutes = createMutes(storage);
    expect(mutes.isMuted("recipient-unknown", "cue")).toBe(true);
    expect(mutes.isMuted("over-limit", undefined)).toBe(true);

    const draftKey = [...values.keys()].find((key) => key.startsWith("draft:send-app-message:"));
    const [room = "", name = ""] = JSON.parse(
      draftKey?.slice("draft:send-app-message:".length) ?? "[]",
    ) as string[];
    const drafts = createDrafts();
    keepDrafts(drafts, storage, () => ({ room, name }));
    expect(drafts["send-app-message"].value).toMatchObject({
      text: '{"type":"chat","text":"not sent yet"}',
      isTyped: true,
    });

    const baselines = createBaselines(storage);
    const origins = [...values.keys()].flatMap((key) =>
      key.startsWith("baseline:") ? [key.slice("baseline:".length)] : [],
    );
    expect(baselines.list.value.map(({ origin }) => origin)).toEqual(origins);
    for (const origin of origins)
      expect(baselines.of(origin)?.contract.types.size).toBeGreaterThan(1);
  });
});
