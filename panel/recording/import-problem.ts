import { type Refusal, refusalText } from "../../core/lib/other-file";

/** Why a file can't be imported as a recording, with what to do. */
export const importProblem = (refusal: Refusal): string =>
  refusal.instead === "har"
    ? "This is a HAR file of the Network panel, not a recording of this one."
    : refusalText(refusal, {
        baseline: ": import it in the Types tab",
        snippets: ": import them in the Send tab",
        unknown: ": a file that this panel exported is needed",
      });
