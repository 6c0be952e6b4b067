import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";

import { bundle } from "./bundle";
import { reply } from "./http-reply";

/**
 * Answers with a file of a directory. A `.js` that exists only as `.ts` or `.tsx` is bundled on the way.
 * Returns false when there is no such file.
 */
export async function serveFile(
  directory: string,
  path: string,
  response: ServerResponse,
): Promise<boolean> {
  // Normalised as an absolute path first, so that `..` cannot climb out of the directory.
  const file = join(directory, normalize(`/${path}`));
  const extension = extname(file).slice(1);
  if (extension !== "" && existsSync(file)) {
    reply(response, 200, extension, await readFile(file));
    return true;
  }
  const source = [".ts", ".tsx"]
    .map((end) => file.replace(/\.js$/, end))
    .find((each) => each !== file && existsSync(each));
  if (!source) return false;
  reply(response, 200, "js", await bundle(source, "es"));
  return true;
}
