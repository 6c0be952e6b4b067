import type { PageEvent } from "../../extension/protocol/event";
import { TEXT_CHARS } from "../../extension/protocol/agent-tools";
import { withoutSecrets } from "../lib/secrets";
import { shortText, withoutIsolates } from "../lib/texts";
import { valueOf } from "../session/change";
import { errorOf, locationOf } from "../session/event-facts";
import type { EventView, RowView } from "../session/event-view";
import type { PersonLabel } from "../session/people";
import { partOf } from "./pages";
import type { Arguments } from "./read-arguments";

/** Of what an event is about, in a list. */
const SUMMARY_CHARS = 200;

export const isoTime = (at: number): string => new Date(at).toISOString();
export const nameOf = ({ name }: Pick<PersonLabel, "name">): string => withoutIsolates(name);

/** A field with a text; none where there is no text. */
export const textField = <K extends string>(key: K, text: string | undefined) =>
  (text === undefined || text === "" ? {} : { [key]: text }) as { readonly [key in K]?: string };

/** An event in a list: who, what, and what became of it by now (epoch ms). */
export function shortEvent(view: RowView, now: number) {
  const { event, channel, direction, name, type, from, to, summary } = view;
  return {
    number: event.seq,
    at: isoTime(event.at),
    event: name,
    channel,
    ...(type && !type.isShape && { type: type.label }),
    ...(direction === "in" && from && { from: nameOf(from) }),
    ...(direction === "out" && to.length > 0 && { to: to.map(nameOf) }),
    ...textField("summary", shortText(withoutIsolates(summary), SUMMARY_CHARS)),
    ...textField("status", view.status(now)?.label),
    ...textField("error", errorOf(event)),
  };
}

/** All that is known of an event by now (epoch ms); of long data a part, by the offset of the arguments. */
export function completeEvent(view: EventView, now: number, args: Arguments) {
  const { event, channel, type, from, to, budget } = view;
  const status = view.status(now);
  return {
    number: event.seq,
    at: isoTime(event.at),
    event: view.name,
    callId: event.callId,
    ...(channel && { channel }),
    ...(type && { type: type.label }),
    ...(from && { from: personOf(from) }),
    ...(to.length > 0 && { to: to.map(personOf) }),
    ...(status && { status: status.label, ...textField("meaning", status.detail) }),
    ...(budget && { chars: budget.chars, maxChars: budget.maxChars }),
    ...textField("location", locationOf(event)),
    ...Object.fromEntries(Object.entries(event).filter(([key]) => !TOLD.has(key))),
    ...dataOf(event, args),
  };
}

const personOf = (person: PersonLabel) => ({
  name: nameOf(person),
  ...textField("sessionId", person.id),
});

/** Fields of an event that have another form in its description. */
const TOLD: ReadonlySet<string> = new Set(
  "seq at callId kind name method payload details participant participants to fromId limit".split(
    " ",
  ),
);

/** The data of an event: as it is while it is short, else a part of its text. */
function dataOf(event: PageEvent, args: Arguments): object {
  const data = withoutSecrets(valuesOf(event)) as Readonly<Record<string, unknown>>;
  const json = JSON.stringify(data);
  if (json.length <= TEXT_CHARS && (args["offset"] ?? 0) === 0) return data;
  const { text, more } = partOf(json, args);
  return { dataAsJson: text, ...textField("more", more) };
}

function valuesOf(event: PageEvent): object {
  const payload = "payload" in event && !("participant" in event) ? event.payload : undefined;
  const people =
    "participants" in event ? event.participants : "participant" in event ? [event] : [];
  return {
    ...(payload &&
      (payload.problem
        ? { problem: payload.problem.message, json: payload.json }
        : { data: valueOf(payload) })),
    ...("details" in event && { details: valueOf(event.details) }),
    ...(people.length > 0 && {
      participants: people.map(({ participant, payload: userData }) => ({
        ...participant,
        userData: valueOf(userData),
      })),
    }),
  };
}
