import { createDistribution } from "../lib/distribution";
import type { Turn } from "./turn";

/** What happens on the way to an answer, in its usual order. */
const MARKS = [
  /** The voice of the user fell silent; what follows decides that this was the end of the turn. */
  "voice-stopped",
  "user-stopped",
  "transcript-final",
  "first-token",
  "first-audio",
  "stopped",
] as const;
export type MarkName = (typeof MARKS)[number];

/** `at`: epoch ms. */
export type Mark = { readonly name: MarkName; readonly at: number };

/** From one mark to another, in ms. */
export type Leg = { readonly from: MarkName; readonly to: MarkName; readonly ms: number };

/** How long a leg took in all turns that have it, in ms. */
export type LegTotal = Omit<Leg, "ms"> & {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
};

/**
 * Where the time of a bot's turn went: what the protocol says of it, in the order of time. From the end of the user's
 * turn, or from the text where there is no such end; what was over by then cost no time. Empty for a user's turn.
 */
export function marksOf(turn: Turn): readonly Mark[] {
  const { role, times, answered, isSpeaking } = turn;
  if (role === "user") return [];
  const { firstTokenAt, firstAudioAt } = times;
  const user = answered?.times;
  const begun = firstAudioAt ?? firstTokenAt ?? Infinity;
  // A user who goes on talking over the bot stops later; the answer didn't begin with that.
  const stoppedAt =
    user?.stoppedAt !== undefined && user.stoppedAt <= begun ? user.stoppedAt : undefined;
  const start = stoppedAt ?? user?.finalAt ?? -Infinity;
  const marks: Mark[] = [];
  const add = (name: MarkName, at: number | undefined, from = start) => {
    if (at !== undefined && at >= from) marks.push({ name, at });
  };
  if (user?.voiceStoppedAt !== undefined && stoppedAt !== undefined)
    add("voice-stopped", user.voiceStoppedAt <= stoppedAt ? user.voiceStoppedAt : undefined, 0);
  add("user-stopped", stoppedAt);
  add("transcript-final", user?.finalAt);
  add("first-token", firstTokenAt);
  add("first-audio", firstAudioAt);
  if (!isSpeaking) add("stopped", times.stoppedAt);
  return marks.sort((a, b) => a.at - b.at);
}

/** The stretches between marks that follow each other. */
export const legsOf = (marks: readonly Mark[]): Leg[] =>
  marks.slice(1).map(({ name, at }, index) => {
    const { name: from, at: since } = marks[index] as Mark;
    return { from, to: name, ms: at - since };
  });

/** How long the user waited: until the first audio, from the end of the turn or else of the text. In ms. */
export function responseOf(marks: readonly Mark[]): Leg | undefined {
  const audio = marks.find(({ name }) => name === "first-audio");
  const start =
    marks.find(({ name }) => name === "user-stopped") ??
    marks.find(({ name }) => name === "transcript-final");
  return audio && start && start.at <= audio.at
    ? { from: start.name, to: audio.name, ms: audio.at - start.at }
    : undefined;
}

/** The legs of a turn that are counted, with the answer as such, if it is more than one leg. */
export function countedLegs(turn: Turn): Leg[] {
  const marks = marksOf(turn);
  const legs = legsOf(marks);
  const response = responseOf(marks);
  const isThere = legs.some(({ from, to }) => from === response?.from && to === response.to);
  return response && !isThere ? [response, ...legs] : legs;
}

const placeOf = ({ from, to }: Leg | LegTotal): number =>
  MARKS.indexOf(from) * MARKS.length + MARKS.indexOf(to);

/** How long each leg took over all turns, in the order in which they usually follow. */
export function totalsOf(legs: Iterable<Leg>): LegTotal[] {
  const byPlace = new Map<number, { readonly leg: Leg; readonly times: DistributionOfMs }>();
  for (const leg of legs) {
    const place = placeOf(leg);
    const found = byPlace.get(place) ?? { leg, times: createDistribution(10) };
    byPlace.set(place, found);
    found.times.add(leg.ms);
  }
  return [...byPlace.values()]
    .map(({ leg: { from, to }, times }) => {
      const { count, median, p95, max } = times.read();
      return { from, to, count, median, p95, max };
    })
    .sort((a, b) => placeOf(a) - placeOf(b));
}

type DistributionOfMs = ReturnType<typeof createDistribution>;
