/** What a JSON file is that isn't what was asked for. */
type OtherFile = "recording" | "baseline" | "snippets" | "har" | "unknown";

/** A file that can't be used. */
export type Refusal = {
  readonly ok: false;
  /** A sentence: what the file is, or what is wrong with it. Not what to do, which depends on where it is said. */
  readonly reason: string;
  readonly instead?: OtherFile;
};

/** What to do about files, as the end of the sentence that says what they are: `: import it …`. */
export type Advice = Readonly<Partial<Record<OtherFile, string>>>;

const WHAT: Readonly<Record<OtherFile, string>> = {
  recording: "This is a recording,",
  baseline: "This is a baseline,",
  snippets: "These are snippets,",
  har: "This is a HAR file,",
  unknown: "This is JSON, but",
};

/** Refuses a file of JSON whose format is another. */
export function refuseOther(
  fields: Readonly<Record<string, unknown>> | undefined,
  wanted: "recording" | "baseline",
): Refusal {
  const instead = otherFile(fields);
  return { ok: false, reason: `${WHAT[instead]} not a ${wanted}.`, instead };
}

function otherFile(fields: Readonly<Record<string, unknown>> | undefined): OtherFile {
  switch (fields?.["format"]) {
    case "daily-recording":
      return "recording";
    case "daily-contract":
      return "baseline";
    case "daily-snippets":
      return "snippets";
    default: {
      const log = fields?.["log"];
      const isHar =
        typeof log === "object" && log !== null && "entries" in log && Array.isArray(log.entries);
      return isHar ? "har" : "unknown";
    }
  }
}

/** Why a file is refused, with what to do about it. */
export function refusalText({ reason, instead }: Refusal, advice: Advice): string {
  const end = instead && advice[instead];
  return end === undefined ? reason : reason.replace(/\.$/, `${end}.`);
}
