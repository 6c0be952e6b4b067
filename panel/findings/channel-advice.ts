import { countText, howMany } from "../../core/lib/texts";
import { deliveryOf } from "../../core/daily/delivery";
import { type DataChannel, LIMITS } from "../../core/daily/limits";
import { isPresent, type PeopleTracker } from "../../core/daily/people-tracker";
import type { Stream, TypeUsage } from "../../core/rules/type-usage";
import type { CallState } from "../../core/session/call-state";

const characters = (channel: DataChannel) => `${countText(LIMITS[channel].maxChars)} characters`;

/** The order in which they are shown. */
export const DATA_CHANNELS = ["app-message", "user-data", "session-data"] as const;

/** Daily's table of its three channels, in short (docs.daily.co, custom-messages): a trait, and how each of them has it. */
export const CHANNEL_TRAITS: readonly (readonly [trait: string, ...ofChannel: string[]])[] = [
  ["For", "something that happens now", "something about one person", "something about the room"],
  ["Late joiners", "miss it", "get the latest value", "get the latest value"],
  [
    "Limit",
    `${characters("app-message")}, unless Daily grants more`,
    characters("user-data"),
    `${characters("session-data")} in an update; 100 KB in all (documented)`,
  ],
  ["Rate (documented)", "none", "limited, no number given", "about one update a second"],
];

/** What apps commonly need, and where it belongs. */
export const CHANNEL_CASES: readonly (readonly [
  name: string,
  channel: DataChannel,
  because: string,
])[] = [
  ["Chat", "app-message", "each message counts. Keep a history elsewhere if late joiners need it."],
  ["Reactions", "app-message", "worth something only at the moment."],
  ["Raised hand", "user-data", "a state of one person that everyone must see."],
  ["Layout, stage", "session-data", "a state of the room that everyone must see."],
  [
    "Server notice",
    "app-message",
    "sent by the REST API, as Daily advises for what must not be tampered with.",
  ],
  ["Poll", "session-data", "for the question and result; each vote in its voter’s user data."],
];

/** How messages of a type do as app messages, and what would become of them on the other channels. */
export function howItWouldBe(
  usage: TypeUsage,
  { history: { people }, maxAppMessageSize }: CallState,
): { readonly channel: DataChannel; readonly text: string }[] {
  const { sent, received, maxChars, all, busiest } = usage;
  const present = [...people.people.values()].filter((each) => isPresent(each, Infinity)).length;
  const size = (channel: DataChannel, max = LIMITS[channel].maxChars) =>
    maxChars > max
      ? `The largest has ${howMany(maxChars, "character")}: too large.`
      : `The largest takes ${Math.ceil((maxChars / max) * 100)}% of the limit.`;
  const rate = all.count > 1 ? `, ${rateText(all)}` : "";
  return [
    {
      channel: "app-message",
      text: `${countText(sent)} sent and ${countText(received)} received${rate}. Not kept: ${missedText(usage, people)}. ${size("app-message", maxAppMessageSize)}`,
    },
    {
      channel: "user-data",
      text: `Each person has one value, so a new one replaces the last. Kept: no one would miss the latest of ${howMany(present, "participant")}. ${isFast(busiest) ? `${rateText(busiest)}, from whoever sends the most, is more than others would see (no number is documented). ` : ""}${size("user-data")}`,
    },
    {
      channel: "session-data",
      text: `One value for the room, no matter who writes it. Kept: no one would miss the latest. ${isFast(all) ? `${rateText(all)} is more than about one a second (documented): what lies between is never seen. ` : ""}${size("session-data")}`,
    },
  ];
}

/** Who has missed messages of a type: those who joined after one that went to all. */
function missedText({ firstToAll, firstReceived }: TypeUsage, people: PeopleTracker): string {
  const first = firstToAll ?? firstReceived;
  if (first === undefined) return "each was for someone who was there";
  const missed = deliveryOf("*", first, people).joinedLater.length;
  if (missed === 0) return "no one has joined since the first";
  const condition = firstToAll === undefined ? ", if it went to all" : "";
  return `${howMany(missed, "participant")} joined after the first and missed it${condition}`;
}

const perSecond = ({ count, firstAt, lastAt }: Stream): number =>
  count / Math.max(1, (lastAt - firstAt) / 1_000);

const isFast = (stream: Stream): boolean => stream.count > 1 && perSecond(stream) > 1;

const rateText = (stream: Stream): string =>
  perSecond(stream) < 0.1
    ? "less than one in 10 s"
    : `${countText(Number(perSecond(stream).toPrecision(2)))} a second`;
