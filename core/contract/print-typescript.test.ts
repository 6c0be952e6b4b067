import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { transform } from "esbuild";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";

import { learned, type Sample, samples, typed, untyped } from "../testing/contract-samples";
import { idOf } from "./contract";
import { printTypescript } from "./print-typescript";
import { namedTypes } from "./type-names";

const folder = mkdtempSync(join(tmpdir(), "contract-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A value as it is written in code. `"__proto__":` would set the prototype. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, each]) => {
    const name = JSON.stringify(key);
    return `${key === "__proto__" ? `[${name}]` : name}: ${literal(each)}`;
  });
  return `{ ${fields.join(", ")} }`;
}

/** Each message as a constant of its type. */
function usesOf(messages: readonly Sample[], module: string): string {
  const contract = learned(messages);
  const names = new Map(namedTypes(contract).map(({ name, type }) => [idOf(type), name]));
  return [
    `import type * as App from ${JSON.stringify(module)};`,
    ...messages.map(
      ({ key, value }, n) => `export const m${n}: App.${names.get(idOf(key))} = ${literal(value)};`,
    ),
  ].join("\n");
}

async function compile(): Promise<string> {
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    isolatedModules: true,
    noEmit: true,
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "bundler",
    types: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
  try {
    await promisify(execFile)(resolve("node_modules/.bin/tsc"), ["-p", folder]);
    return "";
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

const STORY: readonly Sample[] = [
  ...["start", "stop", "start", "stop", "start", "stop"].map((mode, n) =>
    typed("poll", { mode, round: n, votes: { "17": 1 }, ...(n > 2 && { to: ["Ada", null] }) }),
  ),
  typed("chat", { text: "Hi" }),
  untyped({ channel: "user-data", label: "" }, { hand: true }),
];

test("a contract prints as types, a union and guards", () => {
  expect(printTypescript(learned(STORY))).toMatchInlineSnapshot(`
    "// The messages of this app, as Inspector for Daily saw them. What all had is required.

    /** App message poll. 6 seen, of up to 40 characters. */
    export type Poll = {
      mode: "start" | "stop";
      /** From 0 to 5. */
      round: number;
      votes: {
        [key: string]: number;
      };
      type: "poll";
      /** In 3 of 6. */
      to?: (null | string)[];
    };

    /** App message chat. 1 seen, of up to 40 characters. */
    export type Chat = {
      text: string;
      type: "chat";
    };

    /** User data. 1 seen, of up to 40 characters. */
    export type UserData = {
      hand: boolean;
    };

    /** Any app message. */
    export type AppMessage =
      | Poll
      | Chat;

    /** Whether a message says that it is of this type. */
    export function isPoll(message: unknown): message is Poll {
      return textAt(message, "type") === "poll";
    }

    /** Whether a message says that it is of this type. */
    export function isChat(message: unknown): message is Chat {
      return textAt(message, "type") === "chat";
    }

    function textAt(message: unknown, ...path: string[]): unknown {
      let value = message;
      for (const key of path) {
        if (typeof value !== "object" || value === null) return undefined;
        value = (value as { [key: string]: unknown })[key];
      }
      return value;
    }
    "
  `);
});

test("the compiler takes what is printed, and every message that was learned", async () => {
  const sets = fc.sample(fc.array(samples, { minLength: 1, maxLength: 12 }), 60);
  for (const [n, messages] of [STORY, ...sets].entries()) {
    writeFileSync(join(folder, `app${n}.ts`), printTypescript(learned(messages)));
    writeFileSync(join(folder, `uses${n}.ts`), usesOf(messages, `./app${n}`));
  }
  expect(await compile()).toBe("");
  // Nothing is accepted that wasn't seen.
  writeFileSync(
    join(folder, "wrong.ts"),
    `import type { Chat } from "./app0";\nexport const wrong: Chat = { type: "poll", text: "Hi" };`,
  );
  expect(await compile()).toContain("wrong.ts(2,30): error TS2322");
});

type Guards = Readonly<Record<string, (message: unknown) => boolean>>;

async function guardsOf(messages: readonly Sample[]): Promise<Guards> {
  const { code } = await transform(printTypescript(learned(messages)), { loader: "ts" });
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Guards;
}

test("guards tell the messages of their type from all others", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(samples, { minLength: 1, maxLength: 12 }), async (messages) => {
      const guards = await guardsOf(messages);
      const types = namedTypes(learned(messages));
      for (const { name, type } of types) {
        const guard = guards[`is${name}`];
        expect(guard !== undefined).toBe(type.typeTexts.length > 0);
        for (const { key, value } of messages)
          if (guard && key.typeTexts) expect(guard(value)).toBe(idOf(key) === idOf(type));
      }
    }),
    { numRuns: 30 },
  );
});

const rtvi = (label: string, inner?: string) =>
  untyped(
    {
      channel: "app-message",
      label: inner === undefined ? label : `${label} ${inner}`,
      typeTexts: [
        { path: ["label"], text: "rtvi-ai" },
        { path: ["type"], text: label },
        ...(inner === undefined ? [] : [{ path: ["data", "t"], text: inner }]),
      ],
    },
    { label: "rtvi-ai", type: label, data: inner === undefined ? {} : { t: inner } },
  );

test("of types where one says more of itself, each has its own", async () => {
  const messages = [rtvi("server-message"), rtvi("server-message", "sticker")];
  const guards = await guardsOf(messages);
  const told = messages.map(({ value }) =>
    ["isServerMessage", "isServerMessageSticker"].filter((name) => guards[name]?.(value)),
  );
  expect(told).toEqual([["isServerMessage"], ["isServerMessageSticker"]]);
});

test("types that say the same of themselves have no guard", async () => {
  const typeTexts = [{ path: ["type"], text: "x" }];
  const messages = ["a", "b"].map((label) =>
    untyped({ channel: "app-message", label, typeTexts }, { type: "x" }),
  );
  expect(Object.keys(await guardsOf(messages))).toEqual([]);
});

test("names are valid and each its own", () => {
  const labels = [
    "rtvi bot-ready",
    "chat",
    "Chat",
    "42",
    "聊天",
    "",
    "*/ {a}",
    "app message",
    "tell me ".repeat(12),
  ];
  expect(
    namedTypes(learned(labels.map((label) => typed(label, {})))).map(({ name }) => name),
  ).toEqual([
    "RtviBotReady",
    "Chat",
    "Chat_2",
    "Message42",
    "Message",
    "Message_2",
    "A",
    "AppMessage_2",
    "TellMe".repeat(10),
  ]);
});
