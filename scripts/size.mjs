// What the extension adds to every page must stay small. Fails when it outgrows its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

check("In every page", ["hook", "relay"], 8_000);
// Chromium only; until the page has a call it only waits.
check("In every top page, for agents", ["agent-tools", "agent-relay"], 4_000);

function check(where, names, budget) {
  const sizes = names.map((name) => {
    const file = new URL(
      `../dist/chrome/content-script/inspector-for-daily-${name}.iife.js`,
      import.meta.url,
    );
    return { name, bytes: gzipSync(readFileSync(file)).length };
  });
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = sizes.map(({ name, bytes }) => `${name} ${bytes}`).join(" + ");
  console.log(`${where}: ${parts} = ${total} of ${budget} bytes gzipped.`);
  if (total > budget) process.exitCode = 1;
}
