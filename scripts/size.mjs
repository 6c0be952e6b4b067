// What the extension adds to every page must stay small. Fails when it outgrows its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 8_000;

const sizes = ["hook", "relay"].map((name) => {
  const file = new URL(
    `../dist/chrome/content-script/inspector-for-daily-${name}.iife.js`,
    import.meta.url,
  );
  return { name, bytes: gzipSync(readFileSync(file)).length };
});
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
const parts = sizes.map(({ name, bytes }) => `${name} ${bytes}`).join(" + ");
console.log(`In every page: ${parts} = ${total} of ${BUDGET_BYTES} bytes gzipped.`);
if (total > BUDGET_BYTES) process.exit(1);
