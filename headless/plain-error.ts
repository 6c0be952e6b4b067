import { fileURLToPath } from "node:url";

const FOLDER = new URL(".", import.meta.url);
/** As stacks name what is in this package: with its address or, where Playwright has mapped it, with its path. */
const OWN = [FOLDER.href, fileURLToPath(FOLDER)];

/**
 * An error that says all there is to say to who wrote the test: its stack begins where that calls this package, and is
 * empty where it doesn't, as in a fixture.
 */
export function plainError(message: string): Error {
  const error = new Error(message);
  const frames = error.stack?.slice(error.stack.indexOf(message) + message.length) ?? "";
  const others = frames.split("\n").filter((frame) => !OWN.some((own) => frame.includes(own)));
  error.stack = `Error: ${message}${others.join("\n")}`;
  return error;
}
