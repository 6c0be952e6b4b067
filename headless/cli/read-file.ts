import { readFileSync } from "node:fs";

import { type JudgedRecording, judgeRecording } from "../judge-recording";

/** Reads a recording and applies the rules. Throws an Error with a sentence for a file that is none. */
export function readFile(file: string, read: (file: string) => string = readText): JudgedRecording {
  return judgeRecording(file, read(file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(WHY_NOT_READ[code ?? ""] ?? `It can't be read (${code}).`, { cause: error });
  }
}

const WHY_NOT_READ: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file.",
  EISDIR: "This is a directory, not a file.",
  EACCES: "You aren't allowed to read it.",
  ERR_STRING_TOO_LONG: "The file is too large: up to 512 MB can be read.",
  ERR_FS_FILE_TOO_LARGE: "The file is too large: up to 512 MB can be read.",
};
