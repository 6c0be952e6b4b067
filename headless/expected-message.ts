import { preview } from "../core/lib/texts";
import { viewOf } from "../core/session/event-view";
import { ownIdAt } from "../core/session/people";
import type { Entry } from "../core/session/session-log";
import type { MessageExpectation, Whom } from "./api";
import { isNamed } from "../core/session/people";
import { isAt, isPlace, ownerOf, type Scene, whomText } from "./describe";
import { mismatches, printExpected } from "./partial";

export type Side = "sent" | "received";

/** Whether an entry is an app message on one side of its way, whether or not Daily took it. */
export const isOnSide = ({ event }: Entry, side: Side): boolean =>
  side === "sent"
    ? event.kind === "method-called" && event.method === "sendAppMessage"
    : event.kind === "daily-event" && event.name === "app-message";

/** What keeps a message from being the expected one, in words; nothing when it is. */
export function missOf(entry: Entry, expected: MessageExpectation, scene: Scene): string[] {
  const { event } = entry;
  const call = scene.log.calls.get(event.callId);
  const view = viewOf(entry, call);
  const { type, payload, from, to } = expected;
  const misses: string[] = [];
  if (event.kind === "method-called" && event.outcome === "threw")
    misses.push(`Daily refused it: ${event.error?.message ?? "no reason given"}`);
  if (type !== undefined && view.type?.label !== type)
    misses.push(`type is ${type0(view.type?.label)}, expected ${preview(type)}`);
  if (payload !== undefined) misses.push(...mismatches(view.value, payload));
  const own = ownIdAt(call, event.seq) ?? "";
  const isOwn = (whom: Whom): boolean =>
    isPlace(whom) ? isAt(entry.documentId, whom, scene) : isNamed(whom, own, call);
  const isOther = (whom: Whom, id: string): boolean => {
    if (!isPlace(whom)) return whom === id || isNamed(whom, id, call);
    return ownIds(whom, scene).includes(id);
  };
  const wrong = (what: string, whom: Whom, is: string): void =>
    void misses.push(`${what} ${is}, expected ${whomText(whom, scene)}`);
  if (event.kind === "method-called") {
    const ids = event.to === undefined ? ["*"] : [event.to].flat();
    if (from !== undefined && !isOwn(from)) wrong("sent by", from, ownerOf(call, event.seq));
    if (to !== undefined && !ids.some((id) => isOther(to, id)))
      wrong(
        "sent to",
        to,
        view.to.map(({ name }) => (name === "Everyone" ? "everyone" : name)).join(", "),
      );
  } else if (event.kind === "daily-event" && event.name === "app-message") {
    if (from !== undefined && !isOther(from, event.fromId))
      wrong("sent by", from, view.from?.name ?? event.fromId);
    if (to !== undefined && !isOwn(to)) wrong("received by", to, ownerOf(call, event.seq));
  }
  return misses;
}

const type0 = (type: string | undefined): string =>
  type === undefined ? "missing" : preview(type);

function ownIds(whom: Whom, { log, placeOf }: Scene): readonly string[] {
  return [...log.documents.values()].flatMap(({ documentId, callIds }) =>
    isPlace(whom) && isAt(documentId, whom, { placeOf } as Scene)
      ? [...callIds].flatMap((callId) => {
          const people = log.calls.get(callId)?.history.people.people.values() ?? [];
          return [...people]
            .filter(({ participant }) => participant.local)
            .map(({ sessionId }) => sessionId);
        })
      : [],
  );
}

/** An expectation in words: `a message of type "hand" with {raised: true} from Ada to Bob`. */
export function expectationText(expected: MessageExpectation, scene: Scene): string {
  const { type, payload, from, to } = expected;
  return [
    "a message",
    type !== undefined && `of type ${preview(type)}`,
    payload !== undefined && `with ${printExpected(payload)}`,
    from !== undefined && `from ${whomText(from, scene)}`,
    to !== undefined && `to ${whomText(to, scene)}`,
  ]
    .filter(Boolean)
    .join(" ");
}
