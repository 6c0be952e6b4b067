import { countText } from "../domain/count-text";
import { deliveryOf } from "../domain/delivery";
import { type DataChannel, LIMITS } from "../domain/limits";
import { isPresent } from "../domain/people-tracker";
import { howMany } from "../domain/rules/how-many";
import type { TypeUsage } from "../domain/type-usage";
import type { CallState } from "./call-state";

const characters = (channel: DataChannel) => `${countText(LIMITS[channel].maxChars)} characters`;

/** Daily's table of its three channels, in short (docs.daily.co, custom-messages). */
export const CHANNEL_TRAITS: readonly {
  readonly channel: DataChannel;
  readonly for: string;
  readonly lateJoiners: string;
  readonly limit: string;
  readonly rate: string;
}[] = [
  {
    channel: "app-message",
    for: "something that happens now",
    lateJoiners: "miss it",
    limit: `${characters("app-message")}, unless Daily grants more`,
    rate: "none",
  },
  {
    channel: "user-data",
    for: "something about one person",
    lateJoiners: "get the latest value",
    limit: characters("user-data"),
    rate: "limited, no number given",
  },
  {
    channel: "session-data",
    for: "something about the room",
    lateJoiners: "get the latest value",
    limit: `${characters("session-data")} in all`,
    rate: "about one update a second",
  },
];

/** What apps commonly need, and where it belongs. */
export const CHANNEL_CASES: readonly {
  readonly name: string;
  readonly channel: DataChannel;
  readonly because: string;
}[] = [
  {
    name: "Chat",
    channel: "app-message",
    because: "each message counts. Keep a history elsewhere if late joiners need it.",
  },
  { name: "Reactions", channel: "app-message", because: "worth something only at the moment." },
  {
    name: "Raised hand",
    channel: "user-data",
    because: "a state of one person that everybody must see.",
  },
  {
    name: "Layout, stage",
    channel: "session-data",
    because: "a state of the room that everybody must see.",
  },
  {
    name: "Server notice",
    channel: "app-message",
    because: "sent by the REST API, as Daily advises for what must not be tampered with.",
  },
  {
    name: "Poll",
    channel: "session-data",
    because: "for the question and result; each vote in its voter’s user data.",
  },
];

/** How messages of a type do as app messages, and what would become of them on the other channels. */
export function howItWouldBe(
  { sent, received, maxChars, firstAt, lastAt, firstSeq }: TypeUsage,
  { history: { people }, maxAppMessageSize }: CallState,
): { readonly channel: DataChannel; readonly text: string }[] {
  const missed = deliveryOf("*", firstSeq, people).joinedLater.length;
  const present = [...people.people.values()].filter((each) => isPresent(each, Infinity)).length;
  const perSecond = (sent + received) / Math.max(1, (lastAt - firstAt) / 1_000);
  const rate =
    perSecond < 0.1 ? "less than one in 10 s" : `${Number(perSecond.toPrecision(2))} a second`;
  const size = (channel: DataChannel, max = LIMITS[channel].maxChars) =>
    maxChars > max
      ? `The largest has ${howMany(maxChars, "character")}: too large.`
      : `The largest takes ${Math.ceil((maxChars / max) * 100)}% of the limit.`;
  return [
    {
      channel: "app-message",
      text: `${countText(sent)} sent and ${countText(received)} received, ${rate}. Not kept: ${missed === 0 ? "nobody has joined since the first" : `${howMany(missed, "participant")} joined after the first and missed it`}. ${size("app-message", maxAppMessageSize)}`,
    },
    {
      channel: "user-data",
      text: `Each person has one value, so a new one replaces the last. Kept: nobody would miss the latest of ${howMany(present, "participant")}. ${perSecond > 1 ? `${rate} is more than others would see (no number is documented).` : ""} ${size("user-data")}`,
    },
    {
      channel: "session-data",
      text: `One value for the room, whoever writes it. Kept: nobody would miss the latest. ${perSecond > 1 ? `${rate} is more than about one a second (documented): what lies between is never seen.` : ""} ${size("session-data")}`,
    },
  ];
}
