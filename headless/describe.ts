import type { Frame, Page } from "playwright-core";

import type { Reception } from "../core/delivery/deliveries";
import { receptionText } from "../core/delivery/outcome-text";
import { initiatorPlace, type SourceMaps } from "../core/lib/source-maps";
import { withoutIsolates } from "../core/lib/texts";
import { evidenceOf, type Finding } from "../core/rules/finding";
import type { CallState } from "../core/session/call-state";
import { errorOf, stackOf } from "../core/session/event-facts";
import { rowOf } from "../core/session/event-view";
import { isNamed, localPerson, type PersonLabel, personOf } from "../core/session/people";
import { roomAt } from "../core/session/room-at";
import { valueOf } from "../core/session/change";
import type { Entry, SessionLog } from "../core/session/session-log";
import type { PageEvent } from "../extension/protocol/event";
import type {
  DailyCallInfo,
  DailyDelivery,
  DailyFinding,
  DailyReception,
  DailyRoom,
  DailyRow,
  Whom,
} from "./api";

/** What is needed to tell of a log. */
export type Scene = {
  readonly log: SessionLog;
  /** Where a document is; undefined in a recording. */
  readonly placeOf: (
    documentId: string,
  ) => { readonly page: Page; readonly frame: Frame } | undefined;
  /** Epoch ms. */
  readonly now: () => number;
  /** The place in the source that a line of a script was built from, where that is known. */
  readonly originalOf: SourceMaps["originalOf"];
};

/** Adds the page, which no one wants to see printed and JSON has no form for: it isn't enumerable. */
const withPage = <T extends object>(described: T, page: Page | undefined) =>
  Object.defineProperty(described, "page", { value: page }) as T & {
    readonly page: Page | undefined;
  };

const nameOf = ({ name }: PersonLabel): string => withoutIsolates(name);

/** The name of whoever's page a call is of. */
export const ownerOf = (call: CallState | undefined, seq?: number): string =>
  nameOf(localPerson(call, seq));

/** An event as a row; undefined for one that has none. */
export function describeRow(entry: Entry, scene: Scene): DailyRow | undefined {
  const { log, placeOf, now } = scene;
  const call = log.calls.get(entry.event.callId);
  const view = rowOf(entry, call);
  if (!view) return undefined;
  const { event, channel, name, summary, type } = view;
  const row = {
    channel,
    direction: DIRECTIONS[view.direction],
    name,
    at: event.at,
    type: type?.label,
    data: view.value,
    from: view.from && nameOf(view.from),
    to: view.to.map(nameOf),
    of: ownerOf(call, event.seq),
    status: view.status(now())?.label,
    error: errorOf(event),
    summary: withoutIsolates(summary),
    location: locationOf(event, scene),
    seq: event.seq,
    callId: event.callId,
  };
  return withPage(row, placeOf(entry.documentId)?.page);
}

const DIRECTIONS = { out: "sent", in: "received", none: "none" } as const;

/** The line of the app in it. */
function locationOf(event: PageEvent, scene: Scene): string | undefined {
  const shown = initiatorPlace(scene, stackOf(event) ?? "")?.shown;
  return shown && `${shown.url}:${shown.line}:${shown.column}`;
}

const VERDICTS: Readonly<Record<Reception["verdict"]["kind"], DailyReception["verdict"]>> = {
  received: "received",
  held: "received",
  doubled: "doubled",
  waiting: "waiting",
  lost: "lost",
  left: "left",
  "joined-later": "joined later",
  replaced: "unknown",
  "of-equals": "unknown",
  "not-in-view": "unknown",
};

/** What became of a message at one end, `by` the call that sent it. */
export function describeReception(reception: Reception, by: CallState | undefined): DailyReception {
  const { sessionId, verdict, latencyMs } = reception;
  return {
    to: nameOf(personOf(by, sessionId)),
    verdict: VERDICTS[verdict.kind],
    latencyMs,
    text: receptionText(reception),
  };
}

/** A sent message with what became of it. */
export function describeDelivery(
  entry: Entry,
  receptions: readonly Reception[],
  scene: Scene,
): DailyDelivery | undefined {
  const message = describeRow(entry, scene);
  const call = scene.log.calls.get(entry.event.callId);
  return (
    message && { message, receptions: receptions.map((each) => describeReception(each, call)) }
  );
}

/** A finding with its sentence and the events that show it. */
export function describeFinding(finding: Finding, scene: Scene): DailyFinding {
  const { rule, callId, subject, count } = finding;
  const call = scene.log.calls.get(callId);
  const entries = scene.log.ofCall.get(callId) ?? [];
  const numbers = new Set(evidenceOf(finding));
  const shown = entries.filter(({ event }) => numbers.has(event.seq));
  const rows = shown.flatMap((entry) => describeRow(entry, scene) ?? []);
  const described = {
    rule: rule.id,
    level: rule.level,
    title: rule.title,
    text: withoutIsolates(rule.tell(finding, (id) => personOf(call, id).name)),
    advice: rule.advice,
    docs: rule.docs,
    type: subject.type,
    of: ownerOf(call),
    count,
    rows,
    location: rows.find(({ location }) => location !== undefined)?.location,
  };
  return withPage(described, shown[0] && scene.placeOf(shown[0].documentId)?.page);
}

export function describeCall(
  call: CallState,
  documentId: string,
  { log, placeOf }: Scene,
): DailyCallInfo {
  const { id } = localPerson(call);
  const described = {
    callId: call.callId,
    name: id === "" ? undefined : ownerOf(call),
    sessionId: id === "" ? undefined : id,
    room: call.room,
    status: call.status,
    version: call.version,
    isLive: log.documents.get(documentId)?.isConnected === true,
  };
  return withPage(described, placeOf(documentId)?.page);
}

/** The room as a call knows it by its latest event. */
export function describeRoom({ history }: CallState): DailyRoom {
  const { session, people } = roomAt(history, Infinity);
  return {
    sessionData: valueOf(session?.payload),
    participants: people
      .filter(({ isPresent }) => isPresent)
      .map(({ person: { sessionId, participant }, userData }) => ({
        name: participant.user_name || sessionId,
        sessionId,
        userId: participant.user_id,
        isLocal: participant.local,
        isOwner: participant.owner === true,
        userData: valueOf(userData),
      })),
  };
}

/** Whether someone is a page or a frame, and not a name. */
export const isPlace = (whom: unknown): whom is Page | Frame =>
  typeof whom === "object" && whom !== null && "goto" in whom;

/** How someone is called in a sentence. */
export function whomText(whom: Whom, scene: Scene): string {
  if (!isPlace(whom)) return whom === "*" ? "everyone" : whom;
  const joined = callsOf(whom, scene).findLast((call) => localPerson(call).id !== "");
  return joined ? ownerOf(joined) : `the page ${whom.url()}`;
}

/** The calls of someone, the latest last. */
export function callsOf(whom: Whom, scene: Scene): CallState[] {
  const { log } = scene;
  return [...log.documents.values()].flatMap(({ documentId, callIds }) =>
    [...callIds].flatMap((callId) => {
      const call = log.calls.get(callId);
      const isMeant = isPlace(whom)
        ? isAt(documentId, whom, scene)
        : isNamed(whom, localPerson(call).id, call);
      return call && isMeant ? [call] : [];
    }),
  );
}

/** Whether a document is in a page or a frame. */
export function isAt(documentId: string, where: Page | Frame, { placeOf }: Scene): boolean {
  const place = placeOf(documentId);
  return place !== undefined && (place.page === where || place.frame === where);
}
