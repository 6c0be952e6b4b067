import type { ShownRow } from "./shown-rows";

type Expectation = { readonly name: string; readonly isMet: (row: ShownRow) => boolean };

const is = (channel: string, direction: ShownRow["direction"]) => (row: ShownRow) =>
  row.channel === channel && row.direction === direction;

/** What happens between a host and a guest. */
const WITH_ANYONE: readonly Expectation[] = [
  { name: "an app message sent", isMet: is("App", "out") },
  { name: "user data set", isMet: is("User", "out") },
  {
    name: "the call joined",
    isMet: ({ channel, summary }) => channel === "Call" && /^joined/i.test(summary),
  },
  {
    name: "an app message received from a participant",
    isMet: (row) => is("App", "in")(row) && !row.people.startsWith("Server"),
  },
  {
    name: "a cue sent to one person",
    isMet: (row) =>
      is("App", "out")(row) && row.summary.includes("unmute") && !row.people.includes("Everyone"),
  },
  {
    name: "the answer to a cue",
    isMet: (row) => is("App", "in")(row) && row.summary.includes("cue-answer"),
  },
  {
    name: "someone else's raised hand",
    isMet: (row) => is("User", "in")(row) && /\bhand\b.*"up"/.test(row.summary),
  },
  { name: "session data set", isMet: is("Session", "out") },
  {
    name: "a session state with someone on stage",
    isMet: (row) => is("Session", "in")(row) && /\bstage\b[^}]*\{/.test(row.summary),
  },
  { name: "someone joining", isMet: isPeople("joined") },
];

/** What happens as soon as Bob, the guest of the demo, has a tab. */
const WITH_BOB: readonly Expectation[] = [
  {
    name: "an app message from Bob's tab",
    isMet: (row) => is("App", "in")(row) && row.people.startsWith("Bob"),
  },
];

/** What happens as soon as there is an audience. */
const WITH_AUDIENCE: readonly Expectation[] = [
  {
    name: "a notice from the server",
    isMet: (row) => is("App", "in")(row) && row.people.startsWith("Server"),
  },
  { name: "someone leaving", isMet: isPeople("left") },
];

function isPeople(word: string) {
  return ({ channel, summary }: ShownRow) => channel === "People" && summary.includes(word);
}

/** Every kind of traffic that the panel should have shown by now and has not. */
export function missingTraffic(
  rows: readonly ShownRow[],
  { hasAudience = true, hasBob = false }: { hasAudience?: boolean; hasBob?: boolean } = {},
): readonly string[] {
  const expected = [
    ...WITH_ANYONE,
    ...(hasBob ? WITH_BOB : []),
    ...(hasAudience ? WITH_AUDIENCE : []),
  ];
  return expected.filter(({ isMet }) => !rows.some(isMet)).map(({ name }) => name);
}
