// What others wrote and a bundle has in it, with the licence of each.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Plugin, Rolldown } from "vite";

/** The list in every package. */
export const THIRD_PARTY_FILE = "third-party-licenses.txt";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** Code that the bundlers add themselves: how they name it, and whose it is. */
const ADDED = [
  ["\0vite/", "vite"],
  ["\0rolldown/", "rolldown"],
] as const;
const LICENSE_FILE = /^(licen[cs]e|copying)(\.(md|txt))?$/i;
const PACKAGES = "/node_modules/";

/** A text that lists the packages that modules of a bundle come from, sorted, each with version, source and licence. */
export function thirdPartyText(moduleIds: Iterable<string>): string {
  const folders = new Set([...moduleIds].map(folderOf).filter((each) => each !== undefined));
  // Two copies of one version are one part.
  const parts = [...new Set([...folders].map(partText))].toSorted();
  return [HEAD, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

/** Writes the list, and our own licence, into a build. Workers are bundles of their own, which `forWorkers` reads. */
export function thirdParty(): { plugin: Plugin; forWorkers: Plugin } {
  const seen = new Set<string>();
  const collect = (bundle: Rolldown.OutputBundle): void => {
    for (const output of Object.values(bundle))
      if (output.type === "chunk") for (const id of Object.keys(output.modules)) seen.add(id);
  };
  return {
    forWorkers: {
      name: "third-party-of-workers",
      generateBundle: (_options, bundle) => collect(bundle),
    },
    plugin: {
      name: "third-party",
      generateBundle(_options, bundle) {
        collect(bundle);
        const list = thirdPartyText(seen);
        this.emitFile({ type: "asset", fileName: THIRD_PARTY_FILE, source: list });
        this.emitFile({ type: "asset", fileName: "LICENSE", source: read(ROOT, "LICENSE") });
      },
    },
  };
}

const HEAD = `This package contains parts that others wrote, minified and bundled but otherwise
unchanged. Each is listed with its version, where to get it, and its licence.
`;

/** Folder of the package that a module comes from; undefined for a module of our own. */
function folderOf(moduleId: string): string | undefined {
  const added = ADDED.find(([start]) => moduleId.startsWith(start));
  if (added) return join(ROOT, "node_modules", added[1]);
  const path = moduleId.replaceAll("\\", "/");
  const start = path.lastIndexOf(PACKAGES) + PACKAGES.length;
  if (start < PACKAGES.length) return undefined;
  const [scope = "", name = ""] = path.slice(start).split("/");
  return path.slice(0, start) + (scope.startsWith("@") ? `${scope}/${name}` : scope);
}

type PackageFile = {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
};

function partText(folder: string): string {
  const { name, version, license, author } = JSON.parse(
    read(folder, "package.json"),
  ) as PackageFile;
  const file = readdirSync(folder).find((each) => LICENSE_FILE.test(each));
  const text = file ? ownPart(read(folder, file)) : withoutFile(name, license, author);
  return `${name} ${version} (${license})
https://www.npmjs.com/package/${name}/v/${version}

${text.replaceAll("\r", "").trim()}
`;
}

/** Vite's file goes on with the licences of what Vite itself is made of, which isn't in the bundle. */
const ownPart = (text: string): string => text.split("# Licenses of bundled dependencies")[0] ?? "";

/** The text for a package that names the MIT licence and its author, but comes without the text. */
function withoutFile(name: string, license: string, author: PackageFile["author"]): string {
  const holder = typeof author === "string" ? author.split(" <")[0] : author?.name;
  if (license !== "MIT" || holder === undefined)
    throw new Error(`${name} (${license}) has no licence file: scripts/third-party.ts needs one.`);
  const ours = read(ROOT, "LICENSE");
  return `The MIT License, as the package names it; it has no file of its own.

Copyright (c) ${holder}

${ours.slice(ours.indexOf("Permission is hereby granted"))}`;
}

const read = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");
