import { expect, test } from "vitest";

import { createSnippets, isOfShelf } from "./snippets";

function setup() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return { storage, snippets: createSnippets(storage) };
}
const mine = (text: string, name = "Mine") => ({ name, kind: "set-user-data" as const, text });
const file = (...snippets: object[]) =>
  JSON.stringify({ format: "daily-snippets", version: 1, snippets });

test("a snippet is kept, and saved again under its name it is replaced", () => {
  const { snippets, storage } = setup();
  snippets.save(mine("1"));
  snippets.save(mine("2"));
  const own = createSnippets(storage).list.value.filter(({ name }) => name === "Mine");
  expect(own).toEqual([mine("2")]);
  snippets.remove(mine("2"));
  expect(createSnippets(storage).list.value).not.toContainEqual(mine("2"));
});

test("an import replaces nothing: what has a taken name gets a new one", () => {
  const { snippets } = setup();
  snippets.save(mine("1"));
  const other = { ...mine("1"), kind: "send-app-message" };
  expect(snippets.import(file(mine("1"), mine("2"), mine("3"), mine("4", "New"), other))).toEqual({
    ok: true,
    added: 4,
    renamed: ["Mine (2)", "Mine (3)"],
    known: 1,
  });
  expect(snippets.list.value.slice(-5)).toEqual([
    mine("1"),
    mine("2", "Mine (2)"),
    mine("3", "Mine (3)"),
    mine("4", "New"),
    other,
  ]);
});

test("a name is never too long to be kept, and an own export adds nothing", () => {
  const { snippets } = setup();
  const long = "x".repeat(80);
  snippets.import(file(mine("1", long), mine("2", long)));
  expect(snippets.list.value.at(-1)?.name).toBe(`${"x".repeat(76)} (2)`);
  const { length } = snippets.list.value;
  expect(snippets.import(JSON.stringify(snippets.exported()))).toEqual({
    ok: true,
    added: 0,
    renamed: [],
    known: length,
  });
});

test.each([
  ["", "the file isn’t JSON"],
  ["[]", "this is no file of snippets"],
  ['{"format":"daily-recording","version":1,"events":[]}', "this is no file of snippets"],
  ['{"format":"daily-snippets","version":2,"snippets":[]}', "of version 2, this panel reads"],
  ['{"format":"daily-snippets","version":1}', "the file has no list of snippets."],
  [file(mine("1"), { ...mine("2"), name: "" }), "snippet 2 of the file needs a name of 1 to 80"],
  [file(mine("1", "x".repeat(81))), `snippet 1 of the file, “${"x".repeat(60)}…”, needs a name of`],
  [file({ ...mine("1"), kind: "eject" }), "snippet 1 of the file, “Mine”, is of a kind that"],
  [file({ ...mine("1"), text: {} }), "“Mine”, needs a text of at most 200,000 characters."],
  [file({ ...mine("1"), isRaw: 1 }), "“Mine”, does not say with true or false"],
  [file({ ...mine("1"), mergeStrategy: "merge" }), "neither shallow-merge nor replace."],
  [file([]), "snippet 1 of the file needs a name"],
  [`{"format":"daily-snippets","version":1,"snippets":[1]}`, "snippet 1 of the file is none: it"],
])("a broken file %# adds nothing and says what is wrong", (text, reason) => {
  const { snippets } = setup();
  const before = snippets.list.value;
  expect(snippets.import(text)).toMatchObject({
    ok: false,
    reason: expect.stringContaining(reason) as string,
  });
  expect(snippets.list.value).toBe(before);
});

test("very many are counted, and not looked at", () => {
  const { snippets } = setup();
  for (const [unit, count, words] of [
    ["{}", 150_000, "150,000"],
    ["1", 300_000, "300,000"],
  ] as const) {
    const many = Array.from({ length: count }, () => unit).join();
    expect(snippets.import(`{"format":"daily-snippets","version":1,"snippets":[${many}]}`)).toEqual(
      {
        ok: false,
        reason: `Nothing added: the file has ${words} snippets; at most 1,000 fit.`,
      },
    );
  }
});

test("more than fits is refused as a whole", () => {
  const { snippets } = setup();
  const many = Array.from({ length: 999 }, (_, n) => mine("1", `n${n}`));
  expect(snippets.import(file(...many))).toMatchObject({ ok: false });
  expect(snippets.list.value.length).toBeLessThan(10);
});

test("what another window has stored is neither overwritten nor missed", () => {
  const { snippets, storage } = setup();
  const other = createSnippets(storage);
  snippets.save(mine("1", "One"));
  other.save(mine("2", "Two"));
  snippets.refresh();
  for (const { list } of [snippets, other, createSnippets(storage)])
    expect(list.value.slice(-2)).toEqual([mine("1", "One"), mine("2", "Two")]);
});

test("many of one name get the next numbers", () => {
  const { snippets } = setup();
  const many = Array.from({ length: 900 }, (_, n) => mine(`${n}`));
  expect(snippets.import(file(...many))).toMatchObject({ ok: true, added: 900 });
  expect(snippets.list.value.at(-1)).toEqual(mine("899", "Mine (900)"));
  expect(snippets.import(file(mine("more")))).toMatchObject({ renamed: ["Mine (901)"] });
});

test("what can be sent can be received: both kinds of app message share their snippets", () => {
  const { snippets } = setup();
  const received = { ...mine("1"), kind: "receive-app-message" as const };
  const sentAs = { ...mine("2"), kind: "send-app-message" as const };
  snippets.save(received);
  snippets.save(sentAs);
  const named = () => snippets.list.value.filter(({ name }) => name === "Mine");
  expect(named()).toEqual([sentAs]);
  snippets.import(file(received));
  expect(snippets.list.value.at(-1)).toEqual({ ...received, name: "Mine (2)" });
  const offered = (kind: "send-app-message" | "receive-app-message" | "set-user-data") =>
    snippets.list.value.filter((each) => isOfShelf(each, kind)).map(({ name }) => name);
  expect(offered("receive-app-message")).toEqual(offered("send-app-message"));
  expect(offered("receive-app-message")).toContain("Reaction");
  expect(offered("set-user-data")).not.toContain("Reaction");
});

test("how a text is sent is kept with it", () => {
  const { snippets, storage } = setup();
  const raw = { ...mine("hi"), kind: "send-app-message" as const, isRaw: true };
  const whole = {
    ...mine("{}"),
    kind: "set-meeting-session-data" as const,
    mergeStrategy: "replace" as const,
  };
  snippets.save(raw);
  snippets.save(whole);
  expect(createSnippets(storage).list.value.slice(-2)).toEqual([raw, whole]);
});
