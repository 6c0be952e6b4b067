import type { BrowserContext } from "@playwright/test";
import { build } from "esbuild";

import { expect, LAUNCH, test } from "./room";
import { failureOf } from "./failure-of";

test.use({ ...LAUNCH, failOn: "never" });

/** A source of an app: its fifth line sends, before the join. */
const CHAT = `interface Message {
  readonly type: string;
}

const send = (message: Message): void => window.call.sendAppMessage(message);

export function sayHello(): void {
  try {
    send({ type: "hello" });
  } catch {}
}
Object.assign(window, { sayHello });
`;

/** Serves the app as one small line, with its map at the end, beside it, or where `mapUrl` says. Returns the maps that were asked for. */
async function serveApp(
  context: BrowserContext,
  sourcemap: "inline" | "external",
  mapUrl = "bundle.js.map",
): Promise<string[]> {
  const built = await build({
    stdin: { contents: CHAT, loader: "ts", sourcefile: "src/chat.ts", resolveDir: "/app" },
    absWorkingDir: "/app",
    outfile: "/app/assets/bundle.js",
    sourcemap,
    bundle: true,
    minify: true,
    write: false,
  });
  const textOf = (end: string) => built.outputFiles.find(({ path }) => path.endsWith(end))?.text;
  const comment = sourcemap === "external" ? `//# sourceMappingURL=${mapUrl}\n` : "";
  const fetched: string[] = [];
  await context.route("**/assets/bundle.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: textOf(".js") + comment }),
  );
  await context.route(/\.map$/, (route) => {
    fetched.push(route.request().url());
    return route.fulfill({
      contentType: "application/json",
      headers: { "access-control-allow-origin": "*" },
      body: textOf(".map") ?? "",
    });
  });
  return fetched;
}

for (const kind of ["inline", "external"] as const)
  test(`a failure names the line of the source behind a bundle with an ${kind} map`, async ({
    context,
    openCall,
    daily,
  }) => {
    const fetched = await serveApp(context, kind);
    const ada = await openCall("Ada", "");
    await ada.addScriptTag({ url: "/assets/bundle.js" });
    await ada.evaluate("sayHello()");
    const [row] = await daily.messages("type:hello");
    expect(row?.location).toMatch(/\/assets\/bundle\.js:1:\d+$/);
    expect(fetched).toEqual([]);

    const sent = await failureOf(expect(ada).toHaveSent("hello", { timeout: 300 }));
    expect(sent).toMatch(/at http:\/\/[^/]+\/src\/chat\.ts:5:\d+ \(refused/);
    expect(sent).not.toContain("bundle.js");
    const found = await failureOf(expect(daily).toHaveNoFindings());
    expect(found).toContain("/src/chat.ts:5:");
    const location = expect.stringMatching(/\/src\/chat\.ts:5:\d+$/);
    expect(await daily.findings()).toMatchObject([{ location, rows: [{ location }] }]);
    expect(fetched).toHaveLength(kind === "inline" ? 0 : 1);
  });

test("a map is asked of no other origin, and without one the line is that of the script", async ({
  context,
  openCall,
  daily,
}) => {
  const fetched = await serveApp(context, "external", "https://maps.example/bundle.js.map");
  const ada = await openCall("Ada", "");
  await ada.addScriptTag({ url: "/assets/bundle.js" });
  await ada.evaluate("sayHello()");
  const found = await failureOf(expect(daily).toHaveNoFindings());
  expect(found).toMatch(/\/assets\/bundle\.js:1:\d+/);
  expect(fetched).toEqual([]);
});

test("a map that isn't there, or is none, leaves the line of the script", async ({
  context,
  openCall,
  daily,
}) => {
  await serveApp(context, "external");
  await context.route(/\.map$/, (route) => route.fulfill({ status: 404, body: "{}" }));
  const ada = await openCall("Ada", "");
  await ada.addScriptTag({ url: "/assets/bundle.js" });
  await ada.evaluate("sayHello()");
  const found = await failureOf(expect(daily).toHaveNoFindings());
  expect(found).toMatch(/\/assets\/bundle\.js:1:\d+/);
});
