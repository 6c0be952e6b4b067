import { applyUpdate, changedKeys, hasSame, type SessionData } from "../daily/merge";
import { dataOf, UNCONFIRMED_AFTER_MS } from "../daily/session-tracker";
import { lostKeysOf, type SessionVersion, type SessionWrite } from "../daily/session-write";
import { countText, howMany } from "../lib/texts";
import { DOCS_PAGES, REWRITES, type Rule, type Sighting, type Trackers } from "./rule";
import { gathered } from "./rule-parts";
import { flipFlop, lostUpdate, sameWriteByAll } from "./session-writers";

/** More keys than this are not named. */
const MAX_PATHS = 10;

/** Looks at each write of session data once it is known what became of it: what `look` returns is reported, of that write. */
const eachWrite =
  (
    look: (write: SessionWrite, trackers: Trackers) => Partial<Sighting> | undefined,
  ): Rule["start"] =>
  (report, trackers) => ({
    decided({ seq }) {
      const write = trackers.session.writes.get(seq);
      if (!write || write.fate.kind === "refused" || write.fate.kind === "nothing") return;
      const found = look(write, trackers);
      if (found) report({ seqs: [seq], at: write.at, ...found });
    },
  });

/** What a write took from the room, with the state that it took it from. */
const lostOf = ({ seq, base }: SessionWrite, lost: readonly string[]) =>
  lost.length > 0
    ? { seqs: base ? [seq, base.seq] : [seq], paths: lost.slice(0, MAX_PATHS) }
    : undefined;

/** The room as it would have been without a write: the state that the page saw, with what waited already. */
function beforeWrite({ base, before }: SessionWrite): SessionData {
  const seen = dataOf(base);
  return before ? applyUpdate(seen, before) : seen;
}

/**
 * What a value that takes the place of another drops, if it looks like a patch: only what changed, and nothing that was
 * there already as it is. A write of the entire value repeats some of it, and means what is missing.
 */
function droppedByPatch(before: SessionData, after: SessionData): string[] {
  const given = Object.keys(after);
  if (
    given.length === 0 ||
    given.some((key) => Object.hasOwn(before, key) && hasSame(key, before, after))
  )
    return [];
  return Object.keys(before).filter((key) => !Object.hasOwn(after, key));
}

/** One in a sync happens in any app: a thing changes, then changes again. */
const MIN_LOST = 2;

/** Writes that come faster than they are synced. */
const sessionWritesUnseen: Rule = {
  id: "session-writes-unseen",
  title: "Session data written faster than it syncs",
  level: "warning",
  why: "Daily sends about one update a second (documented) and merges what was written in the meantime. A value that a later write replaces before the sync is never sent, and fewer update events fire than writes you make.",
  advice:
    "Write once, when the change is done. What happens often or at a moment is for app messages.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.sendAppMessage({ type: "drag", x, y });\nonDrop(() => call.setMeetingSessionData({ x, y }, "shallow-merge"));`,
  tell: ({ count, total, paths }) =>
    `${howMany(total, "value")} of ${paths.join(", ")} were replaced by a later write before sync, in ${howMany(count, "update")}, and never sent.`,
  start: eachWrite(({ seq, window }) => {
    if (window?.writes.at(-1)?.seq !== seq) return undefined;
    const losing = window.writes.filter((write) => lostKeysOf(write).length > 0);
    const lost = losing.flatMap(lostKeysOf);
    if (lost.length < MIN_LOST) return undefined;
    const seqs = [...losing.map((each) => each.seq), seq];
    return { seqs, amount: lost.length, paths: [...new Set(lost)] };
  }),
};

/** A replace that was probably meant as a merge. */
const replaceDropsKeys: Rule = {
  id: "replace-drops-keys",
  title: "A replace drops the other keys",
  level: "warning",
  why: "`replace` is the default of setMeetingSessionData(): it swaps the entire object. These writes hold only what changed, so they removed what others, or other writes, had set. Keys that were set together with these are not counted: dropping them may have been meant.",
  advice:
    "Use `shallow-merge` to change some keys and keep the others. If the room was meant to start over, nothing is wrong.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ poll }, "shallow-merge");`,
  rewrite: REWRITES.sessionMerge,
  tell: ({ count, paths }) => `${howMany(count, "replace")} dropped ${paths.join(", ")}.`,
  start: eachWrite((write, { session }) => {
    const { update, base } = write;
    if (update.strategy !== "replace" || !base) return undefined;
    // What had not even been synced was never in the room: `batch-poisoned` tells of that.
    const dropped = droppedByPatch(beforeWrite(write), update.data).filter((key) =>
      Object.hasOwn(dataOf(base), key),
    );
    return lostOf(write, foreignTo(update.data, dropped, session.versions, base.seq));
  }),
};

/**
 * Those dropped keys that do not belong to what is given: set by someone else, or, where nothing that was there is
 * given, by several writes. What was set in one with a given key is part of the same value.
 */
function foreignTo(
  given: SessionData,
  dropped: readonly string[],
  versions: readonly SessionVersion[],
  seq: number,
): string[] {
  const together = new Set(Object.keys(given).map((key) => setBy(versions, seq, key)?.seq));
  const isNew = [...together].every((each) => each === undefined);
  const foreign = dropped.map((key) => ({ key, by: setBy(versions, seq, key) }));
  const lost = foreign.filter(({ by }) => !by || !together.has(by.seq));
  const isOfOthers = lost.some(({ by }) => by?.author !== "page");
  const isOfSeveral = isNew && new Set(lost.map(({ by }) => by?.seq)).size > 1;
  return isOfOthers || isOfSeveral ? lost.map(({ key }) => key) : [];
}

/** So many versions are looked back: what was set so long ago counts as set by itself, by someone else. */
const MAX_VERSIONS = 200;

/** The state up to `seq` in which a top-level key got the value that it has there; undefined where that is not known. */
function setBy(
  versions: readonly SessionVersion[],
  seq: number,
  key: string,
): SessionVersion | undefined {
  let index = indexBefore(versions, seq);
  for (const end = Math.max(0, index - MAX_VERSIONS); index >= end; index--)
    if (versions[index]?.changed.includes(key)) return versions[index];
  return undefined;
}

/** The last version up to `seq`, by halves: there may be many after it, and many before. */
function indexBefore(versions: readonly SessionVersion[], seq: number): number {
  let [low, high] = [0, versions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((versions[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Keys that a later write of the same window threw away. */
const batchPoisoned: Rule = {
  id: "batch-poisoned",
  title: "A replace throws away what waited with it",
  level: "warning",
  why: "What is written within the same second goes out together. One `replace` among it discards everything that waited before it: those keys never reach the room.",
  advice: "Use `shallow-merge` everywhere, or write everything in one call.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ stage, poll }, "shallow-merge");`,
  rewrite: REWRITES.sessionMerge,
  tell: ({ count, paths }) =>
    `${howMany(count, "write")} lost before the sync: ${paths.join(", ")}.`,
  start: eachWrite(({ seq, fate, window }) => {
    if (fate.kind !== "coalesced") return undefined;
    const replace = window?.writes.find(
      (each) => each.seq > seq && each.update.strategy === "replace",
    );
    // A key that is written again was not lost, only changed.
    const lost = fate.lostKeys.filter((key) => !Object.hasOwn(window?.effective?.data ?? {}, key));
    return replace && lost.length > 0
      ? { seqs: [seq, replace.seq], paths: lost.slice(0, MAX_PATHS) }
      : undefined;
  }),
};

/** A shallow merge that was probably meant as a deep one. */
const nestedLost: Rule = {
  id: "nested-lost",
  title: "A shallow merge loses what is nested",
  level: "info",
  why: "A shallow merge goes one level deep: an object below a key is replaced entirely. These writes hold other values for a part of it, and the rest is gone. That may have been meant, as with a new poll in place of an old one.",
  advice:
    "If that was not intended, pass the entire object, or keep what changes by itself under a top-level key of its own.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `const { poll } = call.meetingSessionState().data;\ncall.setMeetingSessionData({ poll: { ...poll, votes } }, "shallow-merge");`,
  tell: ({ count, paths }) =>
    `${howMany(count, "merge")} lost ${paths.join(", ")}, which may have been meant.`,
  start: eachWrite((write) => {
    const { update } = write;
    if (update.strategy !== "shallow-merge") return undefined;
    const room = beforeWrite(write);
    const lost = Object.keys(update.data).flatMap((key) => {
      const [before, after] = [room[key], update.data[key]];
      if (!Object.hasOwn(room, key) || !isObject(before) || !isObject(after)) return [];
      if (isOneForAnother(before, after)) return [];
      return droppedByPatch(before, after).map((name) => `${key}.${name}`);
    });
    return lostOf(write, lost);
  }),
};

/** The one entry that there is gives way to another one: who speaks, what is chosen. */
function isOneForAnother(before: SessionData, after: SessionData): boolean {
  const [[old, ...more], [given, ...others]] = [Object.keys(before), Object.keys(after)];
  return more.length + others.length === 0 && old !== given;
}

const isObject = (value: unknown): value is SessionData =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** More writes than this hardly wait at once. */
const MAX_TOLD = 500;

/** Writes that no state ever showed. */
const neverConfirmed: Rule = {
  id: "never-confirmed",
  title: "A write that no state confirmed",
  level: "warning",
  why: "setMeetingSessionData() has no receipt: a write is known to be in the room when `meeting-session-state-updated` shows it. These were not shown within 5 s, or later writes came through and these did not.",
  advice:
    "Listen to `nonfatal-error`, where Daily reports a failed write, and check whether someone else writes the same keys.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.on("nonfatal-error", ({ type, errorMsg }) => {\n  if (type === "meeting-session-data-error") report(errorMsg);\n});`,
  tell: ({ count }) =>
    `${howMany(count, "write")} not seen in any state within ${countText(UNCONFIRMED_AFTER_MS)} ms.`,
  start(report, trackers, retract, ends) {
    /** Reported, and still waiting: a state that comes late refutes it. */
    const told = new Map<number, Sighting>();
    const look = eachWrite(({ seq, at, fate }) => {
      if (fate.kind !== "unconfirmed" && fate.kind !== "queued") return undefined;
      if (fate.kind === "queued" && told.size < MAX_TOLD) told.set(seq, { seqs: [seq], at });
      return {};
    });
    return {
      ...look(report, trackers, retract, ends),
      look() {
        for (const [seq, sighting] of told) {
          const kind = trackers.session.writes.get(seq)?.fate.kind;
          if (kind === "queued") continue;
          told.delete(seq);
          if (kind === "synced" || kind === "coalesced" || kind === "overwritten")
            retract(sighting);
        }
      },
    };
  },
};

/** Writes that Daily could not store, or that never went out. */
const writeFailed: Rule = {
  id: "write-failed",
  title: "A write that Daily could not store",
  level: "error",
  why: "setMeetingSessionData() returned without an error, and the failure came later as a nonfatal error of the type meeting-session-data-error. The room does not have the data.",
  advice: "Handle `nonfatal-error`, and keep the room’s data below 100 KB in all (documented).",
  docs: DOCS_PAGES.errorEvents,
  code: `call.on("nonfatal-error", ({ type, errorMsg }) => {\n  if (type === "meeting-session-data-error") report(errorMsg);\n});`,
  tell: ({ count, text }) => `${howMany(count, "write")} failed. Daily says: ${text}`,
  start: eachWrite(({ seq, fate }) =>
    fate.kind === "failed" ? { seqs: [seq, fate.by], text: fate.message } : undefined,
  ),
};

/** Written right before the call left. */
const writeLostAtLeave: Rule = {
  id: "write-lost-at-leave",
  title: "Written right before leaving",
  level: "warning",
  why: "Session data goes out with the next sync, about once a second (documented). If the page leaves first, the write is lost.",
  advice:
    "Wait for `meeting-session-state-updated` before you call leave(), or let those who stay tidy up at `participant-left`.",
  docs: DOCS_PAGES.setMeetingSessionData,
  tell: ({ count }) => `${howMany(count, "write")} waited for a sync when the call left.`,
  start: eachWrite(({ fate }) => (fate.kind === "lost" ? {} : undefined)),
};

/** Once or twice is a safe habit; more is a loop or an effect that runs too often. Our own choice. */
const TIMES = 3;

/** Writes that change nothing. */
const unchangedWrite: Rule = {
  id: "unchanged-write",
  title: "Session data written again without a change",
  level: "info",
  why: "The room had these values already. Each write still takes its turn in the sync and makes an event for everyone.",
  advice:
    "Compare with `meetingSessionState().data` before writing; in React, check what the effect depends on.",
  docs: DOCS_PAGES.setMeetingSessionData,
  tell: ({ count }) => `${howMany(count, "write")} changed nothing.`,
  start: gathered(
    { times: TIMES },
    eachWrite((write) => {
      const room = beforeWrite(write);
      const isSame = changedKeys(room, applyUpdate(room, write.update)).length === 0;
      return write.base && isSame ? {} : undefined;
    }),
  ),
};

export const SESSION_DATA: readonly Rule[] = [
  sessionWritesUnseen,
  replaceDropsKeys,
  batchPoisoned,
  nestedLost,
  lostUpdate,
  flipFlop,
  neverConfirmed,
  writeFailed,
  writeLostAtLeave,
  unchangedWrite,
  sameWriteByAll,
];
