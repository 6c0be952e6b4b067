import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type Arrived, createPairing, type Sent, UNKNOWN_ERROR_MS, type Verdict } from "./pairing";

const PATIENCE = 1_000;
const LATER = 1e9;

const message = (at: number, to: Sent["to"] = "*", content = `"hi"`, from = "ada"): Sent => ({
  at,
  from,
  to,
  content,
});
const arrival = ({ from, content }: Sent, at: number, by = "bob"): Arrived => ({
  at,
  from,
  by,
  content,
});

function room(...people: string[]) {
  return roomWith(0, ...people);
}

/** A room whose people have clocks that differ by up to so many milliseconds. */
function roomWith(errorMs: number, ...people: string[]) {
  const pairing = createPairing(PATIENCE, () => errorMs);
  for (const person of people) pairing.appeared(person, 0);
  /** Everyone's page runs, all the time. */
  const run = (until: number) => {
    for (const person of people) for (let at = 0; at < until; at += 500) pairing.ran(person, at);
  };
  const verdicts = (of: Sent, now = LATER): Record<string, Verdict["kind"]> =>
    Object.fromEntries(
      pairing.deliveriesOf(of, now).map(({ recipient, verdict }) => [recipient, verdict.kind]),
    );
  return { pairing, verdicts, run };
}

describe("a message", () => {
  test("that arrived is received, by each of those who were there", () => {
    const { pairing, verdicts, run } = room("ada", "bob", "cy");
    const hi = message(100);
    const got = arrival(hi, 138);
    pairing.sent(hi);
    pairing.arrived(got);
    expect(verdicts(hi, 200)).toEqual({ bob: "received", cy: "waiting" });
    run(5_000);
    expect(verdicts(hi)).toEqual({ bob: "received", cy: "lost" });
    expect(pairing.sourceOf(got)).toBe(hi);
  });

  test("that came twice is doubled", () => {
    const { pairing, verdicts } = room("bob");
    const hi = message(100);
    pairing.sent(hi);
    for (const at of [110, 120]) pairing.arrived(arrival(hi, at));
    expect(verdicts(hi)).toEqual({ bob: "doubled" });
  });

  test("is lost only where the page ran for long enough afterwards", () => {
    const { pairing, verdicts } = room("bob");
    const hi = message(100);
    pairing.sent(hi);
    // Suspended until then: what waited for it may come now.
    pairing.ran("bob", 60_000);
    expect(verdicts(hi, 60_000)).toEqual({ bob: "waiting" });
    pairing.ran("bob", 60_000 + PATIENCE);
    expect(verdicts(hi)).toEqual({ bob: "lost" });
    pairing.arrived(arrival(hi, 60_000 + PATIENCE + 1));
    expect(verdicts(hi)).toEqual({ bob: "received" });
  });

  test("is not lost where its recipient left, went out of view, or is not in view", () => {
    const { pairing, verdicts, run } = room("bob", "cy");
    const one = message(100);
    const two = message(5_000, ["bob", "dee"], `"two"`);
    pairing.sent(one);
    pairing.disappeared("bob", 150, "out-of-view");
    pairing.disappeared("cy", 150, "left");
    pairing.sent(two);
    pairing.appeared("bob", 9_000);
    run(20_000);
    expect(verdicts(one)).toEqual({ bob: "not-in-view", cy: "left" });
    expect(verdicts(two)).toEqual({ bob: "not-in-view", dee: "not-in-view" });
  });

  test("was not for someone who joined later, unless it reached them", () => {
    const { pairing, verdicts, run } = room("bob");
    const hi = message(100);
    const late = message(10_000, "*", `"late"`);
    for (const each of [hi, late]) pairing.sent(each);
    pairing.appeared("cy", 10_020);
    pairing.appeared("dee", 10_050);
    pairing.arrived(arrival(late, 10_030, "cy"));
    run(30_000);
    expect(verdicts(hi)).toEqual({ bob: "lost" });
    expect(verdicts(late)).toEqual({ bob: "lost", cy: "received", dee: "joined-later" });
  });

  test("is overtaken by a later one that arrives earlier", () => {
    const { pairing } = room("bob");
    const [one, two] = [message(100, "*", "1"), message(110, "*", "2")];
    const [late, early] = [arrival(one, 200), arrival(two, 150)];
    for (const each of [one, two]) pairing.sent(each);
    for (const each of [late, early]) pairing.arrived(each);
    expect(pairing.isOvertaken(one, late)).toBe(true);
    expect(pairing.isOvertaken(two, early)).toBe(false);
  });

  test("is overtaken by one that comes twice, and by one whose page has a slower clock", () => {
    const { pairing } = room("bob");
    const [one, two] = [message(100, "*", "1"), message(110, "*", "2")];
    const late = arrival(one, 105);
    for (const each of [one, two]) pairing.sent(each);
    for (const each of [arrival(two, 103), arrival(two, 108), late]) pairing.arrived(each);
    expect(pairing.isOvertaken(one, late)).toBe(true);
  });

  test("of a server is from no one in view", () => {
    const { pairing } = room("bob");
    const notice = arrival(message(1, "*", "1", "API"), 5);
    pairing.arrived(notice);
    expect(pairing.sourceOf(notice)).toBeUndefined();
  });
});

describe("equal messages", () => {
  const pings = [0, 1, 2].map((n) => message(100 + 100 * n));

  test("are counted: only the first is known to have arrived", () => {
    const { pairing, verdicts } = room("bob");
    for (const ping of pings) pairing.sent(ping);
    const all = pings.map((ping) => arrival(ping, ping.at + 50));
    for (const each of all) pairing.arrived(each);
    expect(pings.map((ping) => verdicts(ping)["bob"])).toEqual([
      "received",
      "of-equals",
      "of-equals",
    ]);
    expect(pairing.deliveriesOf(pings[2] as Sent, LATER)[0]?.verdict).toMatchObject({
      first: { at: 100, arrived: 1 },
    });
    expect(all.map((each) => pairing.sourceOf(each))).toEqual([pings[0], undefined, undefined]);
  });

  test("of which the last has nothing after it: that one is lost, whatever was doubled", () => {
    const { pairing, verdicts, run } = room("bob");
    for (const ping of pings) pairing.sent(ping);
    for (const at of [250, 260]) pairing.arrived(arrival(message(0), at));
    run(5_000);
    expect(pings.map((ping) => verdicts(ping)["bob"])).toEqual(["of-equals", "of-equals", "lost"]);
    expect(pairing.deliveriesOf(pings[0] as Sent, LATER)[0]?.verdict).toEqual({
      kind: "of-equals",
      arrived: 2,
      sent: 3,
      isOpen: false,
      first: { at: 100, arrived: 0 },
    });
  });

  test("that are far apart are told apart by time", () => {
    const { pairing, verdicts, run } = room("bob");
    const [first, later] = [message(100), message(5_000)];
    pairing.sent(first);
    pairing.sent(later);
    pairing.arrived(arrival(later, 5_010));
    run(20_000);
    expect(verdicts(first)).toEqual({ bob: "lost" });
    expect(verdicts(later)).toEqual({ bob: "received" });
  });
});

/** What a room did with a message on its way to one person: when each copy came. */
type Truth = readonly number[];

test.each([
  ["with one clock", 0],
  ["with clocks that differ a little", 200],
  ["with clocks that differ by more than anything takes", 3_000],
  ["with clocks of which nothing is known", UNKNOWN_ERROR_MS],
])("%s, it claims nothing that the room didn't do, in any order of the facts", (_, errorMs) => {
  const people = ["ada", "bob", "cy"];
  const step = fc.record({
    from: fc.constantFrom(...people),
    to: fc.constantFrom("*" as const, ...people.map((each) => [each])),
    content: fc.constantFrom("a", "b", "c", "d"),
    gapMs: fc.integer({ min: 0, max: 400 }),
    isFar: fc.boolean(),
    fates: fc.array(
      fc.record({
        copies: fc.constantFrom(0, 1, 1, 1, 2),
        delayMs: fc.integer({ min: 1, max: 300 }),
      }),
      { minLength: 3, maxLength: 3 },
    ),
  });
  const mostMs = Math.min(errorMs / 2, 90_000);
  const offsets = fc.tuple(
    ...people.map(() => fc.integer({ min: Math.ceil(-mostMs), max: Math.floor(mostMs) })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer(), offsets, (steps, seed, set) => {
      const offsetOf = (person: string) => set[people.indexOf(person)] ?? 0;
      const truth = new Map<Sent, Map<string, Truth>>();
      const facts: (() => void)[] = [];
      const { pairing, run } = roomWith(errorMs, ...people);
      let at = 1_000;
      for (const { from, to, content, gapMs, isFar, fates } of steps) {
        at += isFar ? gapMs + 2_000 : gapMs;
        const sent: Sent = { at: at + offsetOf(from), from, to, content };
        const atEach = new Map<string, Truth>();
        truth.set(sent, atEach);
        facts.push(() => pairing.sent(sent));
        for (const [place, person] of people.entries()) {
          const isFor = to === "*" ? person !== from : to.includes(person);
          const fate = fates[place];
          if (!isFor || !fate) continue;
          const first = at + fate.delayMs + offsetOf(person);
          const times = Array.from({ length: fate.copies }, (_, n) => first + n);
          atEach.set(person, times);
          for (const time of times) facts.push(() => pairing.arrived(arrival(sent, time, person)));
        }
      }
      facts.push(() => run(at + 10 * PATIENCE));
      // Pages come into view one after the other, each with its history.
      const order = facts.map((fact, n) => ({ fact, place: Math.abs(n * seed) % 7 }));
      for (const { fact } of order.toSorted((a, b) => a.place - b.place)) fact();

      for (const [sent, atEach] of truth) {
        const deliveries = pairing.deliveriesOf(sent, LATER);
        expect(deliveries.map(({ recipient }) => recipient).toSorted()).toEqual(
          [...atEach.keys()].toSorted(),
        );
        for (const { recipient, verdict } of deliveries) {
          const times = atEach.get(recipient) ?? [];
          const equals = [...truth].filter(
            ([each, to]) =>
              each.from === sent.from && each.content === sent.content && to.has(recipient),
          );
          const isAlone = equals.every(
            ([each]) => each === sent || Math.abs(each.at - sent.at) > 2_000,
          );
          const kinds = ["lost", "received", "doubled"] as const;
          // And all that can be told apart.
          if (isAlone && errorMs === 0) expect(verdict.kind).toBe(kinds[times.length]);
          switch (verdict.kind) {
            case "lost":
              expect(times).toEqual([]);
              break;
            case "received":
              expect(times[0]).toBe(verdict.arrival.at);
              break;
            case "doubled":
              expect(times).toEqual(verdict.arrivals.map((each) => each.at));
              break;
            case "of-equals": {
              expect(verdict.sent).toBeGreaterThan(1);
              expect(verdict.isOpen).toBe(false);
              const all = equals.flatMap(([, to]) => to.get(recipient) ?? []);
              expect(verdict.arrived).toBeLessThanOrEqual(all.length);
              break;
            }
            default:
              expect(errorMs).toBeGreaterThan(0);
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});
