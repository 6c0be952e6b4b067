import { createSequence } from "../core/delivery/sequence";
import { columnsOf, idsInView } from "../core/delivery/sequence-columns";
import { toMermaid } from "../core/delivery/mermaid";
import { writeHar } from "../core/recording/write-har";
import { channelOf } from "../core/session/event-view";
import { createRoomWideList, NO_TAB } from "../core/session/seats";
import { append, createSessionLog, type Entry, openDocument } from "../core/session/session-log";
import { createDeliveries } from "../core/delivery/deliveries";
import type { Daily, DailyFinding } from "./api";
import { findingsIn, internalsOf } from "./daily";
import { findingLines } from "./failure-text";
import { type JudgedRecording, judgeRecording } from "./judge-recording";
import { VERSION } from "./version";

/** A file of a failed test. */
export type Attachment = {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
};

/** What is worth looking at after a test has failed; nothing where no page had a call. */
export async function attachmentsOf(daily: Daily, maskValues: boolean): Promise<Attachment[]> {
  const recording = await daily.recording({ maskValues });
  const read = judgeRecording("daily-recording.json", recording);
  if (read.scene.log.nextIndex === 0) return [];
  await internalsOf(daily).watched.findSources();
  const found = findingsIn(daily);
  const told = found.map((finding) => (maskValues ? withoutValues(finding) : finding));
  const lines = found.flatMap(maskValues ? maskedLines : findingLines);
  const json = JSON.stringify(told, undefined, 2);
  // Made of the file: where its values are masked, so are theirs.
  const sequence = sequenceOf(read);
  const har = writeHar(read.scene.log, VERSION);
  return [
    { name: "daily-recording.json", contentType: "application/json", body: recording },
    { name: "daily-traffic.har", contentType: "application/json", body: har },
    { name: "daily-findings.json", contentType: "application/json", body: json },
    {
      name: "daily.md",
      contentType: "text/markdown",
      body: `# Findings\n\n${fenced("text", lines.join("\n") || "None")}\n# Sequence\n\n${fenced("mermaid", sequence)}`,
    },
  ];
}

const fenced = (language: string, text: string): string =>
  `~~~~~~${language}\n${text.trimEnd()}\n~~~~~~\n`;

const withoutValues = ({ rule, level, title, advice, docs, count }: DailyFinding) => ({
  rule,
  level,
  title,
  advice,
  docs,
  count,
});

const maskedLines = ({ rule, level, title, advice, count }: DailyFinding): string[] => [
  `${level} ${rule}, ${count} ×: ${title}`,
  `    To do: ${advice}`,
];

/** A recording as a Mermaid diagram, of its latest events where there are too many. No page in it is more one's own. */
function sequenceOf({ scene }: JudgedRecording): string {
  const log = createSessionLog();
  for (const { documentId, frameId, url } of scene.log.documents.values())
    openDocument(log, { documentId, frameId, url }, { kind: "tab", tabId: NO_TAB });
  for (const { documentId, event } of scene.log.entries) append(log, documentId, event);
  const deliveries = createDeliveries(log);
  while (!deliveries.advance(() => false));
  const now = scene.now();
  const callOf = (callId: string) => log.calls.get(callId);
  const sourceOf = (arrival: Entry) => deliveries.sourceOf(arrival);
  const inView = idsInView(log);
  const sequence = createSequence({
    callOf,
    sourceOf: (arrival) => sourceOf(arrival)?.entry,
    isInView: (id) => inView.has(id),
  });
  const rows = createRoomWideList(log)
    .entries()
    .filter((entry) => channelOf(entry));
  sequence.advance(rows, () => false, true);
  const columns = columnsOf(sequence.cast, log);
  const outcomeOf = (entry: Entry) => deliveries.outcomeOf(entry, now);
  return toMermaid(sequence.rows, { columns, callOf, outcomeOf, sourceOf, now }, "earlier").text;
}
