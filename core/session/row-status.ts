import type { CallHistory } from "./call-history";
import type { Entry } from "./session-log";
import { durationText, howMany } from "../lib/texts";
import type { DailyEvent, EventOf } from "../../extension/protocol/event";
import { deliveryOf, deliveryProblem, oddSender } from "../daily/delivery";
import { UNCONFIRMED_AFTER_MS } from "../daily/session-tracker";
import type { Replacement, SessionWrite } from "../daily/session-write";
import type { UserDataWrite } from "../daily/user-data-tracker";

export type Latency = {
  readonly ms: number;
  /** What happened after that time. */
  readonly until: "in the room" | "settled";
};

/** How long a write took until it was known to have worked; undefined for what has no receipt, or none yet. */
export function latencyOf({ event }: Entry, history: CallHistory | undefined): Latency | undefined {
  if (event.kind !== "method-called" || !history) return undefined;
  const confirmedAt = history.session.writes.get(event.seq)?.window?.confirmedAt;
  if (confirmedAt !== undefined) return { ms: confirmedAt - event.at, until: "in the room" };
  const settledAt = history.userData.writes.get(event.seq)?.settledAt;
  return settledAt === undefined ? undefined : { ms: settledAt - event.at, until: "settled" };
}

/** A status as it is written in a filter: `no recipient` → `no-recipient`. */
export function statusWord(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Every status that a row can have, and the four levels that they fall into. */
export const STATUS_WORDS: readonly string[] = [
  "ok",
  "waiting",
  "warning",
  "error",
  "sent",
  "no-recipient",
  "some-recipients-missing",
  "to-itself",
  "refused",
  "received",
  "simulated",
  "no-listener",
  "listener-threw",
  "queued",
  "synced",
  "merged",
  "replaced",
  "unconfirmed",
  "failed",
  "lost",
  "unchanged",
  "pending",
  "stored",
  "set",
  "replaced-early",
  "echo",
  "nonfatal",
  "fatal",
  "capture-problem",
];

/** The status of a write from the panel whose row was cleared; only the list of sent commands shows it. */
const CLEARED_STATUS: RowStatus = {
  label: "cleared from the log",
  level: "waiting",
  detail: "The log no longer has it, so what became of it is not known any more.",
};

/** Why such a write cannot be undone. */
export const WHY_NOT_CLEARED = "The log was cleared, so what it changed is not known any more.";

export type RowStatus = {
  readonly label: string;
  readonly level: "ok" | "waiting" | "warning" | "error";
  /** What it means, or the exact error; the text of a tooltip. */
  readonly detail?: string;
};

/**
 * What became of an entry, in a word and in a sentence. `now` (epoch ms) tells a write that waits from one that has
 * waited too long.
 */
export function statusOf(
  { event }: Entry,
  history: CallHistory | undefined,
  now: number,
): RowStatus | undefined {
  switch (event.kind) {
    case "method-called":
      return statusOfCall(event, history, now);
    case "daily-event":
      return statusOfEvent(event, history);
    case "command-failed":
      return { label: "failed", level: "error", detail: event.message };
    case "capture-problem":
      return { label: "capture problem", level: "warning", detail: event.message };
    default:
      return undefined;
  }
}

function statusOfCall(
  event: EventOf<"method-called">,
  history: CallHistory | undefined,
  now: number,
): RowStatus {
  if (event.outcome === "threw")
    return { label: "refused", level: "error", detail: event.error?.message ?? "" };
  switch (event.method) {
    case "sendAppMessage": {
      const detail = "Handed over to Daily. There is no delivery receipt for app messages.";
      const problem = history && deliveryProblem(deliveryOf(event.to, event.seq, history.people));
      if (problem)
        return {
          label: problem.label,
          level: "warning",
          detail: `${detail} But ${problem.detail}.`,
        };
      return { label: "sent", level: "ok", detail };
    }
    case "setMeetingSessionData":
      if (history && !history.session.writeOf(event.seq)) return CLEARED_STATUS;
      return statusOfSession(history?.session.writeOf(event.seq), now - event.at);
    case "setUserData":
      if (history && !history.userData.writes.has(event.seq)) return CLEARED_STATUS;
      return statusOfUserData(history?.userData.writes.get(event.seq));
  }
}

function statusOfSession(write: SessionWrite | undefined, waitedMs: number): RowStatus {
  const { fate, replacements = [] } = write ?? {};
  // By someone else, that is: one's own next write is the normal course of things.
  const isReplaced = replacements.some(({ isOwn }) => !isOwn);
  const later = replacements.map((each) => ` ${replacedText(each)}.`).join("");
  switch (fate?.kind) {
    case "synced":
      return {
        label: isReplaced ? "replaced" : "synced",
        level: "ok",
        detail: `In the room after ${durationText(fate.afterMs)} (event #${fate.by}).${later}`,
      };
    case "coalesced": {
      const detail = `Merged into write #${fate.into}, synced after ${durationText(fate.afterMs)}.${later}`;
      if (fate.lostKeys.length === 0)
        return { label: isReplaced ? "replaced" : "merged", level: "ok", detail };
      return {
        label: "merged",
        level: "warning",
        detail: `${detail} Replaced before sync: ${fate.lostKeys.join(", ")}.`,
      };
    }
    case "overwritten":
      return {
        label: "replaced",
        level: "warning",
        detail: `Someone else changed ${fate.keys.join(", ")} right after it synced.${later}`,
      };
    case "failed":
      return {
        label: "failed",
        level: "error",
        detail: `Daily could not store it: ${fate.message}`,
      };
    case "unconfirmed":
      return {
        label: "unconfirmed",
        level: "warning",
        detail:
          "Later writes are in the room, so it must have been sent; but no state ever showed it.",
      };
    case "lost":
      return {
        label: "lost",
        level: "warning",
        detail: "The page left the meeting before the next sync.",
      };
    case "nothing":
      return {
        label: "unchanged",
        level: "ok",
        detail: "An empty shallow merge: Daily does not send it.",
      };
    case "refused":
      return { label: "refused", level: "error", detail: fate.message };
    case "queued":
    case undefined:
      if (waitedMs <= UNCONFIRMED_AFTER_MS) {
        const detail = "Waits for the next sync: about once a second (documented, not measured).";
        return { label: "queued", level: "waiting", detail };
      }
      return {
        label: "unconfirmed",
        level: "warning",
        detail: `No session state with it has arrived within ${durationText(UNCONFIRMED_AFTER_MS)}.`,
      };
  }
}

/** `Replaced by #25: someone else changed stage`. */
const replacedText = ({ by, keys, isOwn }: Replacement): string =>
  isOwn
    ? `Replaced by write #${by}: ${keys.join(", ")}`
    : `Replaced by #${by}: someone else changed ${keys.join(", ")}`;

function statusOfUserData(write: UserDataWrite | undefined): RowStatus {
  const { fate, replacedAfterMs } = write ?? {};
  switch (fate?.kind) {
    case "refused":
      return { label: "refused", level: "error", detail: fate.error?.message ?? "" };
    case "stored":
      return {
        label: "stored",
        level: "ok",
        detail:
          fate.by === undefined
            ? fate.isReplaced
              ? "Not in a call: daily-js kept it, but a later value replaced it before it went out."
              : "Not in a call: daily-js keeps it for the next join()."
            : `Not in a call: daily-js kept it, and the join took it along (event #${fate.by}).`,
      };
    case "silent":
      return {
        label: "unchanged",
        level: "ok",
        detail: "Equal to the previous value, so Daily doesn’t send it.",
      };
    case "set":
      if (replacedAfterMs !== undefined) {
        return {
          label: "replaced early",
          level: "warning",
          detail: `Replaced after ${durationText(replacedAfterMs)}: others probably never got it. The rate limit of user data is documented, not measured.`,
        };
      }
      return {
        label: "set",
        level: "ok",
        detail: "Set locally; the others get it later (eventual consistency).",
      };
    case "pending":
    case undefined:
      return {
        label: "pending",
        level: "waiting",
        detail: "The promise of setUserData() has not settled.",
      };
  }
}

function statusOfEvent(event: DailyEvent, history: CallHistory | undefined): RowStatus | undefined {
  // Without listeners it is the emitter itself that throws, for an `error` without listeners.
  if (event.handlerError && event.listeners > 0) {
    const detail = `A listener threw, daily-js swallowed it and later listeners did not run: ${event.handlerError.message}`;
    return { label: "listener threw", level: "error", detail };
  }
  const listeners = `${howMany(event.listeners, "listener")}, ${durationText(event.handlerMs)}.`;
  switch (event.name) {
    case "error": {
      const unheard = event.listeners === 0 ? " No one listened to error." : "";
      return { label: "fatal", level: "error", detail: `${event.errorMsg}${unheard}` };
    }
    case "nonfatal-error":
      return { label: "nonfatal", level: "warning", detail: event.errorMsg };
    case "app-message": {
      if (event.simulated) {
        const detail = `Simulated from the panel: only this page got it. ${listeners}`;
        return { label: "simulated", level: "waiting", detail };
      }
      if (event.listeners === 0) {
        const detail = "The page had no app-message listener when it arrived.";
        return { label: "no listener", level: "warning", detail };
      }
      const odd = history && oddSender(event.fromId, event.seq, history.people);
      return { label: "received", level: "ok", detail: odd ? `${odd} ${listeners}` : listeners };
    }
    case "participant-updated":
      if (!event.changed.includes("userData")) return undefined;
      if (!event.participant.local) return { label: "received", level: "ok", detail: listeners };
      return {
        label: "echo",
        level: "ok",
        detail: `Daily tells the page of its own change. ${listeners}`,
      };
    case "meeting-session-state-updated":
      return { label: "received", level: "ok", detail: listeners };
    default:
      return undefined;
  }
}
