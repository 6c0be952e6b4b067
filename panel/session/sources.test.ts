import { expect, test, vi } from "vitest";

import type { StackFrame } from "../../core/lib/stack";
import { createSources, type SourceHost } from "./sources";

const APP = "https://app.example";

/** Line 1 of the script comes from line 5, column 3 of the source. */
const mapOf = (source: string) =>
  JSON.stringify({ version: 3, sources: [source], names: [], mappings: "AAIE" });
const inline = (map: string) =>
  `send();\n//# sourceMappingURL=data:application/json;base64,${btoa(map)}`;
const frameIn = (url: string): StackFrame => ({
  functionName: "send",
  url,
  line: 1,
  column: 1,
  isLibrary: false,
});

function setup(scripts: Record<string, string>, listed: Record<string, string> = {}) {
  const open = vi.fn<SourceHost["open"]>(({ url }) => Promise.resolve(url in listed));
  const fetchInPage = vi.fn<SourceHost["fetchInPage"]>((url) => Promise.resolve(scripts[url]));
  const sources = createSources({
    loadedText: (url) => Promise.resolve(scripts[url]),
    listedType: (url) => Promise.resolve(listed[url]),
    open,
    fetchInPage,
  });
  const opened = () => open.mock.calls.map(([{ url, line }]) => `${url}:${line}`);
  return { sources, opened, fetchInPage };
}

test("an inline map leads to the source, once its script was looked at", async () => {
  const script = `${APP}/bundle.js`;
  const { sources, opened } = setup(
    { [script]: inline(mapOf("src/chat.ts")) },
    { [`${APP}/src/chat.ts`]: "sm-script", [script]: "script" },
  );
  expect(sources.originalOf(frameIn(script))).toBeUndefined();
  await sources.look(script);
  expect(sources.originalOf(frameIn(script))).toMatchObject({
    url: `${APP}/src/chat.ts`,
    line: 5,
    column: 3,
  });
  expect(await sources.open(frameIn(script))).toBe(true);
  expect(opened()).toEqual([`${APP}/src/chat.ts:5`]);
});

test("an external map is not fetched before it is asked for", async () => {
  const script = `${APP}/assets/bundle.js`;
  const { sources, opened, fetchInPage } = setup(
    {
      [script]: "send();\n//# sourceMappingURL=bundle.js.map",
      [`${APP}/assets/bundle.js.map`]: mapOf("../src/chat.ts"),
    },
    { [script]: "script", [`${APP}/src/chat.ts`]: "sm-script" },
  );
  expect(await sources.open(frameIn(script))).toBe(true);
  expect(opened()).toEqual([`${script}:1`]);
  expect(fetchInPage).not.toHaveBeenCalled();
  expect(sources.externalMapOf(script)).toBe(`${APP}/assets/bundle.js.map`);
  expect(await sources.loadMap(script)).toBe(true);
  expect(sources.originalOf(frameIn(script))).toMatchObject({ url: `${APP}/src/chat.ts`, line: 5 });
});

test("after a navigation the same address is looked at again", async () => {
  const script = `${APP}/bundle.js`;
  const scripts = { [script]: inline(mapOf("src/chat.ts")) };
  const { sources } = setup(scripts);
  await sources.look(script);
  sources.forget();
  expect(sources.originalOf(frameIn(script))).toBeUndefined();
  scripts[script] = inline(mapOf("src/other.ts"));
  await sources.look(script);
  expect(sources.originalOf(frameIn(script))?.url).toBe(`${APP}/src/other.ts`);
});

test("an original with the address of its script is opened only where it is what is listed", async () => {
  const script = `${APP}/src/chat.ts`;
  const text = { [script]: inline(mapOf("chat.ts")) };
  const early = setup(text, { [script]: "sm-script" });
  expect(await early.sources.open(frameIn(script))).toBe(true);
  expect(early.opened()).toEqual([`${script}:5`]);
  const late = setup(text, { [script]: "script" });
  expect(await late.sources.open(frameIn(script))).toBe(true);
  expect(late.opened()).toEqual([`${script}:1`]);
});

test.each([
  ["no map", "send();"],
  ["a map that is none", "send();\n//# sourceMappingURL=data:application/json;base64,e30="],
  ["broken base64", "send();\n//# sourceMappingURL=data:application/json;base64,%%%"],
  ["an address that is none", "send();\n//# sourceMappingURL=http://["],
  ["a file of the disk", "send();\n//# sourceMappingURL=file:///etc/passwd"],
])("a script with %s opens as it is", async (_, text) => {
  const script = `${APP}/chat.js`;
  const { sources, opened } = setup({ [script]: text }, { [script]: "script" });
  expect(await sources.open(frameIn(script))).toBe(true);
  expect(opened()).toEqual([`${script}:1`]);
  expect(sources.originalOf(frameIn(script))).toBeUndefined();
  expect(sources.externalMapOf(script)).toBeUndefined();
});
