#!/usr/bin/env node
import { run } from "./run";

/** The build puts the version of the package here. */
declare const INSPECTOR_VERSION: string;

const { out, err, code } = run(process.argv.slice(2), INSPECTOR_VERSION);
process.stdout.write(out);
process.stderr.write(err);
// Not `process.exit()`, which would cut off what a pipe hasn't taken yet.
process.exitCode = code;
