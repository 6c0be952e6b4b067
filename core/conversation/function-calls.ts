import type { CallPart } from "../protocols/protocol";
import type { ProtocolMessage } from "./message";
import type { FunctionCall, TurnDraft } from "./turn";

type CallDraft = { -readonly [K in keyof FunctionCall]: FunctionCall[K] };
type Place = { readonly call: CallDraft; readonly turn: TurnDraft };

/** Follows the functions that a model calls, and puts them into the turns in which they began. */
export function createFunctionCalls() {
  const byId = new Map<string, Place>();
  /** Chosen by a model, with no id yet, in order. */
  let announced: Place[] = [];

  /** What an announced call became: of the same name, where both say it. */
  function announcedFor({ name }: CallPart): Place | undefined {
    const place = announced.findIndex(
      ({ call }) => call.name === undefined || name === undefined || call.name === name,
    );
    return place < 0 ? undefined : announced.splice(place, 1)[0];
  }

  /** What an earlier message said about the same call. */
  function knownOf(part: CallPart): Place | undefined {
    if (part.id === undefined) return undefined;
    const known = byId.get(part.id);
    if (known || part.is !== "started") return known;
    const told = announcedFor(part);
    if (told) {
      told.call.id = part.id;
      byId.set(part.id, told);
    }
    return told;
  }

  return {
    /** The turn that a call is in already. */
    turnOf: (part: CallPart): TurnDraft | undefined => knownOf(part)?.turn,

    /** Takes in what happened with a call. Returns whether that is anything new. */
    take(part: CallPart, turn: TurnDraft, { entry, at }: ProtocolMessage): boolean {
      const place = part.id === undefined ? undefined : byId.get(part.id);
      if (!place) {
        if (part.is === "ended") return false;
        begin(part);
        return true;
      }
      const { call } = place;
      if (part.name !== undefined) {
        call.name ??= part.name;
        call.isWithheld = false;
      }
      if (part.arguments !== undefined) call.arguments ??= part.arguments;
      if (part.is !== "ended") return true;
      // A client may send what no one waits for any more.
      if (call.isCancelled && part.isCancelled !== true) return false;
      // A history tells of the same end again and again.
      const isNews = call.endedAt === undefined || (call.result ?? part.result) !== call.result;
      call.result ??= part.result;
      call.isCancelled ||= part.isCancelled === true;
      call.endedAt ??= at;
      call.endedBy ??= entry;
      return isNews;

      function begin({ id, name, isWithheld = false, is, arguments: parameters }: CallPart): void {
        const begun: CallDraft = {
          id,
          name,
          isWithheld,
          arguments: parameters,
          result: undefined,
          isCancelled: false,
          startedAt: at,
          endedAt: undefined,
          startedBy: entry,
          endedBy: undefined,
        };
        turn.functionCalls.push(begun);
        if (id !== undefined) byId.set(id, { call: begun, turn });
        else if (is === "announced") announced.push({ call: begun, turn });
      }
    },

    /** Forgets the calls of turns that are gone. */
    forget(turns: ReadonlySet<TurnDraft>): void {
      for (const [id, { turn }] of byId) if (turns.has(turn)) byId.delete(id);
      announced = announced.filter(({ turn }) => !turns.has(turn));
    },
  };
}
