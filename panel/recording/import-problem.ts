import { type Refusal, refusalText } from "../../core/lib/other-file";

/** Why a file can't be imported as a recording, with what to do. */
export const importProblem = (refusal: Refusal): string =>
  refusalText(refusal, {
    baseline: ": import it in the Types tab",
    snippets: ": import them in the Send tab",
    har: " of this panel",
    unknown: ": a file that this panel exported is needed",
  });
