import { fileURLToPath } from "node:url";

import { build } from "vite";

const cache = new Map<string, Promise<string>>();

/** Bundles a TypeScript file into one script: `iife` to be run anywhere, `es` for `<script type="module">`. */
export function bundle(entry: string, format: "iife" | "es"): Promise<string> {
  const key = `${format} ${entry}`;
  const code = cache.get(key) ?? buildOne(entry, format);
  cache.set(key, code);
  return code;
}

/** The stand-in for Daily's call machine as the one script that daily-js downloads. */
export function bundleCallMachine(): Promise<string> {
  return bundle(fileURLToPath(new URL("call-machine/main.ts", import.meta.url)), "iife");
}

async function buildOne(entry: string, format: "iife" | "es"): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format, codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ("output" in each ? each.output : []));
  const chunks = outputs.filter((output) => output.type === "chunk");
  const [chunk] = chunks;
  if (!chunk || chunks.length > 1) {
    throw new Error(`${entry} became ${chunks.length} scripts instead of one.`);
  }
  return chunk.code;
}
