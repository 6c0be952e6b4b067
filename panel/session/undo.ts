import type { CommandAction } from "../../extension/protocol/command";
import { sessionCommand } from "../../core/daily/command";
import { keyNames } from "../../core/lib/texts";
import {
  applyUpdate,
  changedKeys,
  enqueue,
  hasSame,
  pickKeys,
  type SessionData,
  type SessionUpdate,
  smallestUpdate,
  touchedKeys,
} from "../../core/daily/merge";
import { dataOf, type SessionTracker } from "../../core/daily/session-tracker";
import type { SessionVersion, SessionWrite } from "../../core/daily/session-write";
import type { CallHistory } from "../../core/session/call-history";
import type { CallState } from "../../core/session/call-state";
import { WHY_NOT_CLEARED } from "../../core/session/row-status";
import type { Entry } from "../../core/session/session-log";
import { type Commands, refuse, type Sent, type SentCommand } from "./commands";

type Undo =
  | { readonly ok: true; readonly action: CommandAction }
  | { readonly ok: false; readonly reason: string };

export type Undos = {
  /** Whether a command took back another. */
  isUndo(command: SentCommand): boolean;
  /** Whether a command was taken back from the panel, and what it changed isn't there again. */
  isUndone(command: SentCommand, call: CallState): boolean;
  /** Why a command cannot be taken back now; undefined when it can. */
  whyNot(command: SentCommand, call: CallState): string | undefined;
  /** Takes back a command. */
  undo(command: SentCommand, call: CallState): Sent;
};

/** Takes back commands of the panel, and knows which of them did so. */
export function createUndos(
  commands: Commands,
  outcomes: Pick<ReadonlyMap<string, Entry>, "get">,
): Undos {
  const undoing = new Set<string>();
  const undone = new Set<string>();
  const undoFor = (command: SentCommand, call: CallState) =>
    undoOf(command, outcomes.get(command.commandId), call);
  return {
    isUndo: ({ commandId }) => undoing.has(commandId),
    // Where the undo failed, or was itself taken back, there is something to undo again.
    isUndone: (command, call) => undone.has(command.commandId) && !undoFor(command, call).ok,
    whyNot(command, call) {
      const asked = undoFor(command, call);
      return asked.ok ? commands.whyNot(asked.action.kind, call) : asked.reason;
    },
    undo(command, call) {
      const asked = undoFor(command, call);
      if (!asked.ok) return asked;
      const sent = commands.send(call, asked.action);
      if (sent.ok) {
        undoing.add(sent.commandId);
        undone.add(command.commandId);
      }
      return sent;
    },
  };
}

/** What would take back a command of the panel, while what it changed is still as it made it; else why it cannot. */
export function undoOf(
  { action }: SentCommand,
  outcome: Entry | undefined,
  call: CallState | undefined,
): Undo {
  if (!outcome || !call) return refuse("It has not come back from the page yet.");
  const { seq, kind } = outcome.event;
  if (kind === "command-failed") return refuse("The command never reached a call.");
  switch (action.kind) {
    case "send-app-message":
    case "receive-app-message":
      return refuse("A message cannot be taken back.");
    case "set-meeting-session-data":
      return undoOfWrite(call.history.session, seq);
    case "set-user-data":
      return undoOfUserData(call.history, seq, action.json);
  }
}

function undoOfWrite(session: SessionTracker, seq: number): Undo {
  const write = session.writeOf(seq);
  if (!write) return refuse(WHY_NOT_CLEARED);
  const { fate } = write;
  if (fate.kind !== "synced" && fate.kind !== "coalesced" && fate.kind !== "overwritten")
    return refuse(NOT_IN_THE_ROOM[fate.kind]);

  const { writes: batch = [write], shownBefore } = write.window ?? {};
  const before = beforeIn(shownBefore, batch.slice(0, batch.indexOf(write)));
  const made = applyUpdate(before, write.update);
  const keys = changedKeys(before, made);
  if (keys.length === 0) return refuse(NOT_IN_THE_ROOM.nothing);
  const current = dataOf(session.versions.at(-1));
  const merged = keysOf(batch.slice(batch.indexOf(write) + 1), made);
  const lost = keys.filter((key) => merged.has(key) || !hasSame(key, made, current));
  if (lost.length > 0) return refuse(changedWords(lost));
  const waiting = keysOf(session.waiting, current);
  const open = keys.filter((key) => waiting.has(key));
  if (open.length > 0)
    return refuse(
      `Another write of ${keyNames(open)} waits for the sync: undo once it is in the room.`,
    );
  const update = smallestUpdate(pickKeys(made, keys), pickKeys(before, keys));
  return { ok: true, action: sessionCommand(update) };
}

/**
 * The room without a write: as it was right before the state that shows it, with what went out ahead of it in the same
 * sync. What someone else wrote between the call and its sync is in there, so that an undo leaves it alone.
 */
function beforeIn(
  shownBefore: SessionVersion | undefined,
  ahead: readonly SessionWrite[],
): SessionData {
  const room = dataOf(shownBefore);
  let queued: SessionUpdate | undefined;
  for (const { update } of ahead) queued = enqueue(queued, update);
  return queued ? applyUpdate(room, queued) : room;
}

const keysOf = (writes: readonly SessionWrite[], room: SessionData): ReadonlySet<string> =>
  new Set(writes.flatMap(({ update }) => touchedKeys(update, room)));

const changedWords = (keys: readonly string[]): string =>
  `${keyNames(keys)} changed since then. Undo would overwrite that.`;

function undoOfUserData({ people, userData }: CallHistory, seq: number, json: string | null): Undo {
  const write = userData.writes.get(seq);
  if (!write) return refuse(WHY_NOT_CLEARED);
  const { fate } = write;
  const joinedBy = fate.kind === "stored" ? fate.by : undefined;
  if (fate.kind === "stored" && fate.isReplaced) return refuse(NOT_SET.replaced);
  if (fate.kind !== "set" && joinedBy === undefined) return refuse(NOT_SET[fate.kind]);
  const versions = people.people.get(people.localId() ?? "")?.versions ?? [];
  // One that was stored is in the room with the join, which may be all that is known of this page there.
  const made = versions.findIndex((version) => version.seq >= (joinedBy ?? seq));
  if (made < 0 || (versions[made]?.payload?.json ?? null) !== json)
    return refuse("It has not come back as the user data of this page.");
  if (made !== versions.length - 1) return refuse("The user data has changed since.");
  // After the log was cleared no earlier version is known: use the value set before it.
  const before = (joinedBy === undefined && made > 0 ? versions[made - 1]?.payload : write.before)
    ?.json;
  return { ok: true, action: { kind: "set-user-data", json: before || null } };
}

const NOT_IN_THE_ROOM = {
  refused: "It was refused, so there is nothing to undo.",
  nothing: "It changed nothing, so there is nothing to undo.",
  queued: "It waits for the next sync: undo it once it is in the room.",
  failed: "The room did not take it, so there is nothing to undo.",
  lost: "The page left before it went out, so there is nothing to undo.",
  unconfirmed: "No state of the room ever showed it, so what it changed is not known.",
} as const;

const NOT_SET = {
  refused: "It was refused, so there is nothing to undo.",
  pending: "It has not settled yet.",
  replaced: "A later value replaced it before it went out, so there is nothing to undo.",
  stored: "It is only stored for the next join: set another value instead.",
  silent: "It was the user data already, so there is nothing to undo.",
} as const;
