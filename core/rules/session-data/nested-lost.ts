import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";
import type { SessionData } from "../../daily/merge";
import { beforeWrite, droppedByPatch } from "./before-write";
import { sessionWrites } from "./session-writes";

/** A shallow merge that was probably meant as a deep one. */
export const nestedLost: Rule = {
  id: "nested-lost",
  title: "A shallow merge loses what is nested",
  level: "info",
  why: "A shallow merge goes one level deep: an object below a key is replaced as a whole. These writes hold other values for a part of it, and the rest is gone. That may have been meant, as with a new poll in place of an old one.",
  advice:
    "If it was not meant, give the whole object, or keep what changes by itself under a top-level key of its own.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `const { poll } = call.meetingSessionState().data;\ncall.setMeetingSessionData({ poll: { ...poll, votes } }, "shallow-merge");`,
  tell: ({ count, paths }) =>
    `${howMany(count, "merge")} lost ${paths.join(", ")}, which may have been meant.`,
  start: (report, trackers) =>
    sessionWrites(trackers, (write) => {
      const { seq, at, update, base } = write;
      if (update.strategy !== "shallow-merge") return;
      const room = beforeWrite(write);
      const lost = Object.keys(update.data).flatMap((key) => {
        const [before, after] = [room[key], update.data[key]];
        if (!Object.hasOwn(room, key) || !isObject(before) || !isObject(after)) return [];
        if (isOneForAnother(before, after)) return [];
        return droppedByPatch(before, after).map((name) => `${key}.${name}`);
      });
      if (lost.length === 0) return;
      const seqs = base ? [seq, base.seq] : [seq];
      report({ key: "shallow-merge", seqs, at, paths: lost.slice(0, 10) });
    }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-state {"user":{"name":"Bob","country":"NL"}}
      2000 session-data shallow-merge {"user":{"name":"Rob"}}
      3000 session-state {"user":{"name":"Rob"}}`,
    passes: `
      0 joined Ada with Bob
      10 session-state {"user":{"name":"Bob","country":"NL"}}
      2000 session-data shallow-merge {"user":{"name":"Rob","country":"NL"}}
      3000 session-state {"user":{"name":"Rob","country":"NL"}}
      5000 session-data shallow-merge {"speaker":{"id-bob":{"since":5}}}
      6000 session-state {"user":{"name":"Rob","country":"NL"},"speaker":{"id-bob":{"since":5}}}
      9000 session-data shallow-merge {"speaker":{"id-ada":{"since":9}}}
      9900 session-state {"user":{"name":"Rob","country":"NL"},"speaker":{"id-ada":{"since":9}}}`,
  },
};

/** The one entry that there is gives way to another one: who speaks, what is chosen. */
function isOneForAnother(before: SessionData, after: SessionData): boolean {
  const [[old, ...more], [given, ...others]] = [Object.keys(before), Object.keys(after)];
  return more.length + others.length === 0 && old !== given;
}

const isObject = (value: unknown): value is SessionData =>
  typeof value === "object" && value !== null && !Array.isArray(value);
