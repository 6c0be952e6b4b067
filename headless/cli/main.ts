#!/usr/bin/env node
import { VERSION } from "../version";
import { run } from "./run";

const { out, err, code } = run(process.argv.slice(2), VERSION);
process.stdout.write(out);
process.stderr.write(err);
// Not `process.exit()`, which would cut off what a pipe hasn't taken yet.
process.exitCode = code;
