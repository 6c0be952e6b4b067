import { conflictsIn } from "../../core/daily/three-way";
import { applyUpdate, isSessionData } from "../../core/daily/merge";
import { roomAhead } from "../../core/daily/room-ahead";
import { dataOf } from "../../core/daily/session-tracker";
import { prettyJson } from "../../core/lib/json";
import { keyNames } from "../../core/lib/texts";
import type { CallHistory } from "../../core/session/call-history";
import type { CallState } from "../../core/session/call-state";
import { tabOf } from "../../core/session/people";
import { type Resend, resendOf } from "../../core/session/resend";
import type { Entry } from "../../core/session/session-log";
import type { CommandAction } from "../../extension/protocol/command";
import type { PageEvent } from "../../extension/protocol/event";
import { parseJson } from "../../extension/protocol/payload";
import type { Commands } from "../session/commands";
import { type CopyForm, copyForms } from "./copy-as";
import type { Draft, DraftKind, SessionDraft } from "../session/draft";
import type { TrafficStore } from "./traffic-store";
import { copyText, NOT_COPIED } from "../ui/copy-text";

type Does =
  | { readonly kind: "resend"; readonly command: CommandAction | undefined }
  | { readonly kind: "compose"; readonly draft: readonly [DraftKind, Partial<Draft>] }
  | { readonly kind: "copy"; readonly name: string; readonly text: string };

/** Something that can be done with an entry, wherever it is offered. */
export type EntryAction = Does & {
  readonly label: string;
  readonly title: string;
  /** Why it cannot be done, as a sentence; undefined when it can. */
  readonly whyNot: string | undefined;
};

/** What can be done with an entry: send it again, change it first, take it elsewhere. */
export function actionsOf(
  entry: Entry,
  call: CallState | undefined,
  whyNot: Commands["whyNot"],
): EntryAction[] {
  const resend = resendOf(entry.event);
  const command = resend?.ok ? resend.action : undefined;
  const draft = draftFor(entry.event, command, call);
  return [
    ...(call && resend ? [resendAction(entry.event.seq, resend, call, whyNot)] : []),
    ...(call && draft ? [composeAction(draft, command, call, whyNot)] : []),
    ...copyForms(entry, call?.room).map(copyAction),
  ];
}

function resendAction(
  seq: number,
  resend: Resend,
  call: CallState,
  whyNot: Commands["whyNot"],
): EntryAction {
  return {
    kind: "resend",
    label: call.isOfSeat ? `Resend from ${tabOf(call)}` : "Resend",
    title: `Makes the call again, now${call.isOfSeat ? `, on ${tabOf(call)}` : ""}, with the JSON of its data: what JSON cannot hold, such as undefined or a Map, is not in it`,
    whyNot: resend.ok
      ? (whyNotAtOnce(seq, resend.action, call.history) ?? whyNot(resend.action.kind, call))
      : resend.reason,
    command: resend.ok ? resend.action : undefined,
  };
}

function composeAction(
  draft: readonly [DraftKind, Partial<Draft>],
  command: CommandAction | undefined,
  call: CallState,
  whyNot: Commands["whyNot"],
): EntryAction {
  const isReceived = draft[0] === "receive-app-message";
  return {
    kind: "compose",
    label: isReceived ? "Simulate again…" : "Edit and resend",
    title: `Opens it in Send; nothing is ${isReceived ? "simulated" : "sent"} by that.${call.isOfSeat ? ` It will go through ${tabOf(call)}.` : ""}${differencesOf(command)}`,
    // Simulating takes nothing but a page, and nothing goes through a seat's that is gone.
    whyNot: call.isOfSeat ? whyNot("receive-app-message", call) : undefined,
    draft,
  };
}

const copyAction = ({ name, text }: CopyForm): EntryAction => ({
  kind: "copy",
  label: `Copy as ${name}`,
  title: COPY_TITLES[name],
  whyNot: undefined,
  name,
  text,
});

const COPY_TITLES = {
  JSON: "The payload as JSON text",
  call: "JavaScript for the console, where `call` is the call object",
  curl: "A request to Daily’s REST API. The key is not in it: $DAILY_API_KEY stands for it",
} as const;

/** What is another thing in Send. */
function differencesOf(action: CommandAction | undefined): string {
  if (action?.kind === "send-app-message" && action.to === null)
    return " It was addressed to null; there it is to everyone until you choose.";
  if (action?.kind !== "set-meeting-session-data" || action.keysToDelete.length === 0) return "";
  return ` It deleted ${keyNames(action.keysToDelete)}: there it is an edit of the room’s data, without that.`;
}

function draftFor(
  event: PageEvent,
  action: CommandAction | undefined,
  call: CallState | undefined,
): [DraftKind, Partial<Draft>] | undefined {
  if (event.kind === "daily-event" && event.name === "app-message" && !event.payload.problem) {
    return ["receive-app-message", { text: prettyJson(event.payload.json), fromId: event.fromId }];
  }
  if (!action || action.json === null) return undefined;
  const text = prettyJson(action.json);
  if (action.kind === "send-app-message") {
    const to = action.to === "*" || action.to === null ? [] : [action.to].flat();
    const plain = parseJson(action.json);
    const isRaw = plain.ok && typeof plain.value === "string";
    return [action.kind, { text: isRaw ? (plain.value as string) : text, to, toText: "", isRaw }];
  }
  if (action.kind === "set-meeting-session-data") {
    const { mergeStrategy, keysToDelete } = action;
    if (mergeStrategy === "shallow-merge" && call && keysToDelete.length > 0)
      return [action.kind, { ...deletingDraft(text, keysToDelete, call.history), mergeStrategy }];
    return [action.kind, { text, mergeStrategy, base: undefined }];
  }
  return [action.kind, { text }];
}

/** JSON cannot say that a key is deleted, but an edit of the room can: by a key that it was made from and lacks. */
function deletingDraft(
  text: string,
  keysToDelete: readonly string[],
  { session }: CallHistory,
): Pick<SessionDraft, "text" | "base"> {
  const parsed = parseJson(text);
  const data = parsed.ok && isSessionData(parsed.value) ? parsed.value : {};
  // A key that is not there, or not known yet, may be back by the time that it is sent.
  const deleted = Object.fromEntries(keysToDelete.map((key) => [key, null]));
  const base = { ...deleted, ...roomAhead(session) };
  const after = applyUpdate(base, { strategy: "shallow-merge", data, keysToDelete });
  return { text: prettyJson(JSON.stringify(after)), base };
}

/**
 * Why a call of the page, the one with this number, is not made again without a look at what it would do: it would go
 * over what was written since.
 */
export function whyNotAtOnce(
  seq: number,
  action: CommandAction,
  { session }: CallHistory,
): string | undefined {
  if (action.kind !== "set-meeting-session-data") return undefined;
  if (action.mergeStrategy === "replace")
    return "A replace can drop what others wrote since: Edit and resend shows what it would do.";
  const write = session.writes.get(seq);
  if (!write) return undefined;
  const room = dataOf(write.base);
  const before = write.before ? applyUpdate(room, write.before) : room;
  const changed = conflictsIn({ base: before, mine: write.update, theirs: roomAhead(session) });
  if (changed.length === 0) return undefined;
  return `${keyNames(changed)} changed since: use Edit and resend, which shows what will happen.`;
}

/** Returns what to say of it, and whether it went wrong; undefined where it shows by itself. */
export async function runEntryAction(
  store: TrafficStore,
  call: CallState | undefined,
  action: EntryAction,
): Promise<{ readonly text: string; readonly isProblem: boolean } | undefined> {
  switch (action.kind) {
    case "resend": {
      if (!action.command) return undefined;
      const sent = store.commands.send(call, action.command);
      const from = call?.isOfSeat ? ` from ${tabOf(call)}` : "";
      return { text: sent.ok ? `Sent again${from}.` : sent.reason, isProblem: !sent.ok };
    }
    case "compose":
      store.compose(...action.draft, call?.callId);
      return undefined;
    case "copy":
      return (await copyText(action.text))
        ? { text: `Copied as ${action.name}.`, isProblem: false }
        : { text: NOT_COPIED, isProblem: true };
  }
}
