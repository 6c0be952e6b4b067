import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";

import { decodeText } from "../core/lib/decode-text";

/** The text of a file in UTF-8, or in UTF-16 if it begins with its mark. Throws an Error with a sentence where it can't be read. */
export function readText(file: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    throw sentenceOf(error, "read");
  }
}

/** Puts a text in the place of a file, at once: no one reads half of it. Throws an Error with a sentence where it can't be written. */
export function writeText(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    throw sentenceOf(error, "written");
  }
}

/** Whether two paths lead to one file: by a link, or, where case doesn't count, in another case. */
export function isSameFile(a: string, b: string): boolean {
  const id = idOf(a);
  return id !== undefined && id === idOf(b);
}

function idOf(file: string): string | undefined {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}

/** Whoever holds a file longer than this, in ms, has died: reading and writing it takes a few. */
const HELD_TOO_LONG_MS = 10_000;

/**
 * Runs while no other process runs for the same file, so that what one adds to it isn't lost to another that read it
 * before. Blocks until the other is ready. Throws an Error with a sentence where the file's directory can't be written.
 */
export function whileHeld<T>(file: string, run: () => T): T {
  const lock = `${file}.lock`;
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  try {
    return run();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the lock was free, and now is ours. */
function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw sentenceOf(error, "written");
  }
  const takenAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - takenAt > HELD_TOO_LONG_MS) rmSync(lock, { force: true });
  return false;
}

function sentenceOf(error: unknown, done: "read" | "written"): Error {
  const { code = "" } = error as NodeJS.ErrnoException;
  const sentence = (done === "written" ? WHY_NOT_WRITTEN : WHY_NOT_READ)[code];
  return new Error(sentence ?? `It can't be ${done} (${code}).`);
}

const WHY_NOT_READ: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file.",
  EISDIR: "This is a directory, not a file.",
  EACCES: "You aren't allowed to read it.",
  ERR_STRING_TOO_LONG: "The file is too large: up to 512 MB can be read.",
  ERR_FS_FILE_TOO_LARGE: "The file is too large: up to 512 MB can be read.",
};

const WHY_NOT_WRITTEN: Readonly<Record<string, string>> = {
  ENOENT: "There is no such directory.",
  EISDIR: "This is a directory, not a file.",
  EACCES: "You aren't allowed to write it.",
};
