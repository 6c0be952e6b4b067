import { closeRecorded, openRecorded } from "../core/recording/recorded-documents";
import { type ReadHead, readRecording } from "../core/recording/read-recording";
import { type Advice, refusalText } from "../core/lib/other-file";
import type { Contract } from "../core/contract/contract";
import { append, createSessionLog } from "../core/session/session-log";
import type { Scene } from "./describe";
import { createJudge, type Judge } from "../core/rules/judge";

/** A recording with all that was found in it. */
export type JudgedRecording = {
  readonly file: string;
  readonly head: ReadHead;
  readonly scene: Scene;
  readonly judge: Judge;
  /** Events of the file that could not be used, and why the first couldn't. */
  readonly skipped: number;
  readonly skippedWhy: string;
};

const ADVICE: Advice = {
  baseline: ": name it with --baseline",
  unknown: " of the panel or of a test",
};

/**
 * Applies the rules to the text of a recording, as of when it was made; one whose values are masked isn't compared with
 * the baseline. Throws an Error with a sentence for any other.
 */
export function judgeRecording(file: string, text: string, baseline?: Contract): JudgedRecording {
  const read = readRecording(text);
  if (!read.ok) throw new Error(refusalText(read, ADVICE));
  const { head } = read;
  const log = createSessionLog();
  openRecorded(log, head.documents);
  let [skipped, skippedWhy] = [0, ""];
  for (let done = 0; done < head.events;) {
    const batch = read.next();
    done += batch.read;
    let doubled = 0;
    for (const { documentId, event } of batch.events)
      if (!append(log, documentId, event)) doubled++;
    skipped += batch.skipped + doubled;
    if (skipped > 0 && skippedWhy === "")
      skippedWhy = batch.reason ?? "an event is there twice, or out of order";
  }
  if (log.nextIndex === 0 && skipped > 0)
    throw new Error(`None of its events could be read: ${skippedWhy}.`);
  closeRecorded(log, head.documents);
  const judge = createJudge(log, head.isMasked ? undefined : baseline);
  const at = Date.parse(head.recordedAt);
  judge.advance(at);
  const scene: Scene = {
    log,
    placeOf: () => undefined,
    now: () => at,
    originalOf: () => undefined,
  };
  return { file, head, scene, judge, skipped, skippedWhy };
}
