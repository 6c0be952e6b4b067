import type { CallState } from "../core/session/call-state";
import { preview } from "../core/lib/texts";
import type { Entry } from "../core/session/session-log";
import type { MethodName } from "../extension/protocol/event";
import type { DailyParticipant, Whom } from "./api";
import { callsOf, describeRoom, describeRow, isPlace, ownerOf, whomText } from "./describe";
import { isNamed } from "../core/session/people";
import { rowLine, section } from "./failure-text";
import { mismatches, printExpected } from "./partial";
import type { Check, Where } from "./subject";

const MAX_WRITES = 3;

/** That the session data is like that, for every call that it is about. */
export const checkSessionData = (where: Where, expected: unknown): Check =>
  checkState(where, `session data ${printExpected(expected)}`, "setMeetingSessionData", (call) => {
    const { sessionData } = describeRoom(call);
    return { value: sessionData, misses: mismatches(sessionData, expected, "session data") };
  });

/** That the user data of someone is like that, for every call that it is about. */
export function checkUserData(where: Where, expected: unknown, of: Whom | undefined): Check {
  const { at, watched } = where;
  const { scene } = watched;
  if (!at && of === undefined)
    throw new Error('Whose user data? Say { of: "Ada" }, or expect it of a page.');
  const whose = of === undefined ? "its own" : `${whomText(of, scene)}'s`;

  function isMeant({ sessionId, isLocal }: DailyParticipant, call: CallState): boolean {
    if (of === undefined) return isLocal;
    if (!isPlace(of)) return isNamed(of, sessionId, call);
    return callsOf(of, scene).some(({ history }) => history.people.localId() === sessionId);
  }
  return checkState(
    where,
    `${whose} user data ${printExpected(expected)}`,
    "setUserData",
    (call) => {
      const someone = describeRoom(call).participants.find((each) => isMeant(each, call));
      if (!someone) return { value: undefined, misses: ["no such participant is in the call"] };
      const { userData } = someone;
      return { value: userData, misses: mismatches(userData, expected, "user data") };
    },
  );
}

type Look = { readonly value: unknown; readonly misses: readonly string[] };

function checkState(
  { watched, at }: Where,
  what: string,
  method: MethodName,
  look: (call: CallState) => Look,
): Check {
  const { log, scene } = watched;
  /** The latest call of a page; without one, all that are in a room now. */
  function calls(): CallState[] {
    if (at) return callsOf(at, scene).slice(-1);
    return [...log.calls.values()].filter(({ callId, status }) => {
      const documentId = log.ofCall.get(callId)?.at(-1)?.documentId ?? "";
      return status === "joined" && log.documents.get(documentId)?.isConnected === true;
    });
  }

  return {
    canEnd: true,
    isMet: () => calls().length > 0 && calls().every((call) => look(call).misses.length === 0),
    explain(isNot) {
      const who = at ? whomText(at, scene) : "every page in the call";
      const parts = [section("Expected:", [`${who} ${isNot ? "not " : ""}to have ${what}`])];
      if (calls().length === 0) parts.push(section("Calls:", ["none of them has joined"]));
      for (const call of calls()) {
        const { value, misses } = look(call);
        const known = value === undefined ? "nothing" : preview(value, 200);
        parts.push(
          section(`The page of ${ownerOf(call)} has:`, [
            known,
            ...misses.map((miss) => `  ${miss}`),
          ]),
        );
      }
      const writes = log.entries.filter(isWrite).slice(-MAX_WRITES);
      const lines = writes.flatMap((entry) => {
        const row = describeRow(entry, scene);
        return row ? [rowLine(row)] : [];
      });
      const none = [`${method}() was not called by a page that is in view`];
      if (!isNot) parts.push(section("Written last:", lines.length > 0 ? lines : none));
      return parts.join("\n\n");
    },
  };

  function isWrite({ event }: Entry): boolean {
    return event.kind === "method-called" && event.method === method;
  }
}
