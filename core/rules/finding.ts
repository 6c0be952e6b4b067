import type { Rule, Sighting, Subject } from "./rule";

/** What a rule found, all that is alike in one: never the same thing twice in a list. */
export type Finding = {
  readonly id: string;
  readonly rule: Rule;
  readonly callId: string;
  /** What it is about, for its sentence. */
  readonly subject: Subject;
  count: number;
  /** Of how many of its subject, the good ones among them; 0 where that isn't counted. */
  outOf: number;
  /** Epoch ms. */
  readonly firstAt: number;
  lastAt: number;
  /** Sum and largest of the sightings' amounts. */
  total: number;
  most: number;
  /** Numbers of events that show it: the first ones and the latest. */
  readonly firstSeqs: number[];
  lastSeqs: number[];
  readonly paths: string[];
  readonly people: string[];
  /** The latest words of the page or Daily that go with it. */
  text: string | undefined;
};

/** What a finding is about that is the only one of its rule. */
export const ALL: Subject = { text: "", others: "" };

const MAX_FIRST = 4;
const MAX_LAST = 6;
const MAX_NAMED = 10;
/** A page may say anything of any length. */
const MAX_TEXT = 300;

/** The same for the same rule, call and subject; `undefined` stands for all subjects that are not told apart. */
export const findingId = ({ id }: Rule, callId: string, subject: Subject | undefined): string =>
  JSON.stringify([id, callId, subject?.text]);

/** A finding before its first sighting. */
export const newFinding = (
  rule: Rule,
  callId: string,
  { subject = ALL, at }: Sighting,
  isRest: boolean,
): Finding => ({
  id: findingId(rule, callId, isRest ? undefined : subject),
  rule,
  callId,
  // Others are of many types.
  subject: isRest ? { text: subject.others, others: subject.others } : subject,
  count: 0,
  outOf: 0,
  firstAt: at,
  lastAt: at,
  total: 0,
  most: 0,
  firstSeqs: [],
  lastSeqs: [],
  paths: [],
  people: [],
  text: undefined,
});

/** Counts one more sighting. Keeps the first and the latest of its evidence, and a few names. */
export function addSighting(finding: Finding, sighting: Sighting): void {
  const { at, seqs, amount = 0, paths = [], people = [], text, times = 1, outOf = 0 } = sighting;
  finding.outOf = Math.max(finding.outOf, outOf);
  if (times === 0) return;
  finding.count += times;
  finding.lastAt = Math.max(finding.lastAt, at);
  finding.total += amount;
  finding.most = Math.max(finding.most, amount);
  if (text !== undefined) finding.text = text.slice(0, MAX_TEXT);
  for (const seq of seqs) {
    const { firstSeqs, lastSeqs } = finding;
    if (firstSeqs.includes(seq) || lastSeqs.includes(seq)) continue;
    if (firstSeqs.length < MAX_FIRST) firstSeqs.push(seq);
    else finding.lastSeqs = [...lastSeqs.slice(1 - MAX_LAST), seq];
  }
  addNew(finding.paths, paths);
  addNew(finding.people, people);
}

/** Takes back a sighting that turned out to be wrong, and its evidence. */
export function takeBack(finding: Finding, { seqs, amount = 0, times = 1 }: Sighting): void {
  finding.count -= times;
  finding.total -= amount;
  const { firstSeqs } = finding;
  firstSeqs.splice(0, firstSeqs.length, ...firstSeqs.filter((seq) => !seqs.includes(seq)));
  finding.lastSeqs = finding.lastSeqs.filter((seq) => !seqs.includes(seq));
}

/** Numbers of all events that are kept as evidence, in order. */
export const evidenceOf = ({ firstSeqs, lastSeqs }: Finding): number[] =>
  [...firstSeqs, ...lastSeqs].sort((a, b) => a - b);

function addNew(list: string[], items: readonly string[]): void {
  for (const item of items)
    if (list.length < MAX_NAMED && !list.includes(item)) list.push(item.slice(0, MAX_TEXT));
}
