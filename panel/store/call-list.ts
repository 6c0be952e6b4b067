import type { MeetingStatus } from "./call-state";
import { localPerson } from "./people";
import type { SessionLog } from "./session-log";

/** A call as the selector shows it. */
export type CallSummary = {
  readonly callId: string;
  /** Room, own name and state, e.g. `demo.daily.co/qa · Ada · joined`. */
  readonly label: string;
  readonly status: MeetingStatus;
  /** Whether its document is still there. */
  readonly isLive: boolean;
};

/** All calls of the log, in the order in which their pages were first seen. */
export function listCalls(log: SessionLog): CallSummary[] {
  return [...log.documents.values()].flatMap(({ callIds, isConnected, frameId }) =>
    [...callIds].flatMap((callId) => {
      const call = log.calls.get(callId);
      if (!call) return [];
      const person = localPerson(call);
      const label = [
        withoutScheme(call.room ?? call.url),
        person.id === "" ? undefined : person.label.replace(/ \(you\)$/, ""),
        isConnected ? call.status : "page left",
        frameId === 0 ? undefined : "in a frame",
      ];
      return [
        {
          callId,
          label: label.filter(Boolean).join(" · "),
          status: call.status,
          isLive: isConnected,
        },
      ];
    }),
  );
}

const withoutScheme = (url: string) => url.replace(/^https?:\/\//, "");
