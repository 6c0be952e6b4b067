import { linkSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { isSameFile, readText } from "./text-file";

const folder = mkdtempSync(join(tmpdir(), "text-file-"));
const at = (name: string): string => join(folder, name);

test("two paths to one file are known as such", () => {
  writeFileSync(at("a.json"), "{}");
  writeFileSync(at("b.json"), "{}");
  symlinkSync(at("a.json"), at("link.json"));
  linkSync(at("a.json"), at("hard.json"));
  for (const name of ["a.json", "./a.json", "link.json", "hard.json"])
    expect(isSameFile(`${folder}/${name}`, at("a.json"))).toBe(true);
  for (const name of ["b.json", "none.json", "a.json/none.json"])
    expect(isSameFile(at(name), at("a.json"))).toBe(false);
  expect(isSameFile(at("none.json"), at("none.json"))).toBe(false);
});

test("what Windows PowerShell has written is read", () => {
  const json = '{"name":"Zoë"}';
  writeFileSync(at("utf-8.json"), `\ufeff${json}`);
  writeFileSync(at("utf-16.json"), `\ufeff${json}`, "utf16le");
  for (const name of ["utf-8.json", "utf-16.json"]) expect(readText(at(name))).toBe(json);
});
