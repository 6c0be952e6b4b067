import type { CallState } from "./call-state";
import { localPerson } from "./people";
import {
  type DocumentState,
  type Entry,
  type EntryList,
  entryLists,
  listOf,
  type SessionLog,
} from "./session-log";

/** How the clock of a recording from another machine was set by that of the session. All in ms; drift in millionths. */
export type SeatClock =
  | {
      readonly kind: "estimated";
      readonly offsetMs: number;
      readonly driftPpm: number;
      readonly uncertaintyMs: number;
      readonly crossings: number;
    }
  /** Messages went one way only: their order is kept, how long they took isn't known. */
  | { readonly kind: "one-way"; readonly offsetMs: number; readonly crossings: number }
  /** Nothing crossed, so its times are as its machine told them. */
  | { readonly kind: "unknown" };

/** Where a seat is: in another tab of this browser, or in a file from elsewhere. */
export type SeatOrigin =
  /** `tabId`: `NO_TAB` in a recording. */
  | { readonly kind: "tab"; readonly tabId: number }
  | { readonly kind: "recording"; readonly name: string; readonly clock: SeatClock };

/** As the browser says that there is no tab. */
export const NO_TAB = -1;

/** A document beside the inspected page with a call in the same room: its entries, with bounds of their own. */
export type Seat = EntryList & { readonly origin: SeatOrigin };

/** A call that a seat has, as it is shown. */
export type SeatSummary = {
  readonly documentId: string;
  readonly callId: string;
  /** Who sits there: the name of the call's own participant, or its session id. */
  readonly name: string;
  readonly sessionId: string;
  readonly url: string;
  readonly origin: SeatOrigin;
  /** Whether its page is still there. */
  readonly isLive: boolean;
  readonly isJoined: boolean;
  readonly events: number;
  /** Events that its page counted and the panel never saw. */
  readonly dropped: number;
  /** Events removed to save memory. */
  readonly folded: number;
};

/** The seats of a log with a call that is in one of the rooms of the page, by name. */
export function listSeats(log: SessionLog): SeatSummary[] {
  const seats = [...log.documents.values()].flatMap((document) => {
    const { documentId, url, seat, callIds, isConnected, dropped } = document;
    if (!seat) return [];
    return [...callIds].flatMap((callId): SeatSummary[] => {
      const call = log.calls.get(callId);
      const person = localPerson(call);
      if (!call || person.id === "") return [];
      return [
        {
          documentId,
          callId,
          name: person.name,
          sessionId: person.id,
          url,
          origin: seat.origin,
          isLive: isConnected && seat.origin.kind === "tab",
          isJoined: call.status === "joined",
          events: log.ofCall.get(callId)?.length ?? 0,
          dropped,
          folded: seat.folded,
        },
      ];
    });
  });
  return seats.sort((a, b) => a.name.localeCompare(b.name));
}

/** Entries of the documents that pass a test, of the page and of seats, in the order of arrival. */
export function entriesInOrder(
  log: SessionLog,
  isIncluded: (document: DocumentState) => boolean,
): Entry[] {
  const included = [...log.documents.values()].filter(isIncluded);
  const lists = new Set(included.map(({ documentId }) => listOf(log, documentId)));
  const isAll = included.length === log.documents.size;
  const ids = new Set(included.map(({ documentId }) => documentId));
  const entries = [...lists].flatMap((list) =>
    isAll || list !== log
      ? list.entries
      : list.entries.filter(({ documentId }) => ids.has(documentId)),
  );
  // Each list is in order, which is quick to sort.
  return lists.size > 1 ? entries.sort((a, b) => a.index - b.index) : entries;
}

/** Rooms that the calls of the inspected page are in or were in, by their addresses. */
export function ownRooms(log: SessionLog): ReadonlySet<string> {
  const rooms = new Set<string>();
  for (const { seat, isLeaving, callIds } of log.documents.values()) {
    if (seat || isLeaving) continue;
    for (const callId of callIds) {
      const room = log.calls.get(callId)?.room;
      if (room !== undefined) rooms.add(room);
    }
  }
  return rooms;
}

/** Whether two calls are in the same session of the same room, as far as both tell. */
export const isSameSession = (a: CallState, b: CallState): boolean =>
  a.room !== undefined &&
  a.room === b.room &&
  (a.meetingId === undefined || b.meetingId === undefined || a.meetingId === b.meetingId);

type Follower = {
  /** All entries by the order of arrival: grown in place, and another list where it changed elsewhere. */
  entries(): readonly Entry[];
};

/** The entries of the page and of all seats as one list. Looks at each once, but after some were removed. */
export function createRoomWideList(log: SessionLog): Follower {
  let merged: Entry[] = [];
  let next = 0;
  /** The lists that were taken in, with the index of the oldest entry that each had. */
  let firsts = new Map<readonly Entry[], number>();

  return {
    entries() {
      const all = entryLists(log).map(({ entries }) => entries);
      // The oldest go from the list in place; after any others went, it is another list.
      const isCut = [...firsts].some(
        ([list, first]) => list[0]?.index !== first || !all.includes(list as Entry[]),
      );
      if (isCut) {
        merged = [];
        next = 0;
      } else if (next === log.nextIndex) return merged;
      firsts = new Map();
      const added: Entry[] = [];
      for (const list of all) {
        const [oldest] = list;
        if (oldest) firsts.set(list, oldest.index);
        for (let at = list.length - 1; at >= 0 && (list[at] as Entry).index >= next; at--)
          added.push(list[at] as Entry);
      }
      added.sort((a, b) => a.index - b.index);
      for (const entry of added) merged.push(entry);
      next = log.nextIndex;
      return merged;
    },
  };
}
