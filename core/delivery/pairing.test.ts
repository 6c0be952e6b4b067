import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type Arrived, createPairing, type Sent } from "./pairing";

const PATIENCE = 1_000;
const LATER = 1e9;

const message = (id: string, at: number, to: Sent["to"] = "*", content = `"${id}"`): Sent => ({
  id,
  at,
  from: "ada",
  to,
  content,
});
const arrival = (of: Sent, at: number, by = "bob", id = `${of.id} at ${by} ${at}`): Arrived => ({
  id,
  at,
  from: of.from,
  by,
  content: of.content,
});

function room(...people: string[]) {
  const pairing = createPairing(PATIENCE);
  for (const person of people) pairing.appeared(person, 0);
  const kindsOf = (id: string, now = LATER) =>
    Object.fromEntries(
      pairing.deliveriesOf(id, now).map(({ recipient, verdict }) => [recipient, verdict.kind]),
    );
  return { pairing, kindsOf };
}

describe("a message", () => {
  test("that arrived is received, by each of those who were there", () => {
    const { pairing, kindsOf } = room("ada", "bob", "cy");
    const hi = message("hi", 100);
    pairing.sent(hi);
    pairing.arrived(arrival(hi, 138));
    expect(kindsOf("hi", 200)).toEqual({ bob: "received", cy: "waiting" });
    expect(kindsOf("hi")).toEqual({ bob: "received", cy: "lost" });
    expect(pairing.sourceOf("hi at bob 138")).toBe(hi);
  });

  test("that came twice is doubled", () => {
    const { pairing, kindsOf } = room("bob");
    const hi = message("hi", 100);
    pairing.sent(hi);
    for (const at of [110, 120]) pairing.arrived(arrival(hi, at));
    expect(kindsOf("hi")).toEqual({ bob: "doubled" });
  });

  test("is not lost where its recipient left, was suspended, or is not in view", () => {
    const { pairing, kindsOf } = room("bob", "cy");
    pairing.sent(message("one", 100));
    pairing.disappeared("bob", 150);
    pairing.sent(message("two", 200, ["bob", "dee"]));
    pairing.appeared("bob", 300);
    expect(kindsOf("one")).toEqual({ bob: "not-in-view", cy: "lost" });
    expect(kindsOf("two")).toEqual({ bob: "not-in-view", dee: "not-in-view" });
  });

  test("was not for someone who joined later", () => {
    const { pairing, kindsOf } = room("bob");
    pairing.sent(message("hi", 100));
    pairing.appeared("cy", 200);
    expect(Object.keys(kindsOf("hi"))).toEqual(["bob"]);
  });

  test("of a server is nobody's in view", () => {
    const { pairing } = room("bob");
    const notice = { ...arrival(message("x", 1), 5), from: "API" };
    pairing.arrived(notice);
    expect(pairing.sourceOf(notice.id)).toBeUndefined();
  });
});

describe("equal messages", () => {
  const pings = [0, 1, 2].map((n) => message(`ping${n}`, 100 + 10 * n, "*", `"ping"`));

  test("that all arrived pair in order", () => {
    const { pairing } = room("bob");
    for (const ping of pings) pairing.sent(ping);
    for (const [n, ping] of pings.entries()) pairing.arrived(arrival(ping, 105 + 10 * n));
    for (const [n, ping] of pings.entries()) {
      const [delivery] = pairing.deliveriesOf(ping.id, LATER);
      expect(delivery?.verdict).toMatchObject({
        kind: "received",
        isByOrder: true,
        arrival: { at: 105 + 10 * n },
      });
    }
  });

  test("of which one is missing: so many of so many, and none of them by name", () => {
    const { pairing } = room("bob");
    for (const ping of pings) pairing.sent(ping);
    for (const ping of pings.slice(1)) pairing.arrived(arrival(ping, ping.at + 5));
    for (const ping of pings)
      expect(pairing.deliveriesOf(ping.id, LATER)[0]?.verdict).toEqual({
        kind: "of-equals",
        arrived: 2,
        sent: 3,
      });
    expect(pairing.sourceOf("ping1 at bob 115")).toBeUndefined();
  });

  test("that are far apart are told apart by time", () => {
    const { pairing, kindsOf } = room("bob");
    const [first, later] = [pings[0] as Sent, message("later", 5_000, "*", `"ping"`)];
    pairing.sent(first);
    pairing.sent(later);
    pairing.arrived(arrival(later, 5_010));
    expect(kindsOf("ping0")).toEqual({ bob: "lost" });
    expect(kindsOf("later")).toEqual({ bob: "received" });
  });
});

/** What a room did with a message on its way to one person. */
type Fate = { readonly copies: 0 | 1 | 2; readonly delayMs: number };

test("the verdict is what the room did, for every message that can be told apart, in any order of the facts", () => {
  const people = ["ada", "bob", "cy"];
  const step = fc.record({
    from: fc.constantFrom(...people),
    to: fc.constantFrom("*" as const, ...people.map((each) => [each])),
    content: fc.constantFrom("a", "b", "c", "d"),
    gapMs: fc.integer({ min: 0, max: 400 }),
    isFar: fc.boolean(),
    fates: fc.array(
      fc.record({
        copies: fc.constantFrom<Fate["copies"]>(0, 1, 1, 1, 2),
        delayMs: fc.integer({ min: 1, max: 300 }),
      }),
      { minLength: 3, maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer(), (steps, seed) => {
      const truth = new Map<string, Fate>();
      const facts: (() => void)[] = [];
      const pairing = createPairing(PATIENCE);
      for (const person of people) pairing.appeared(person, 0);
      const all: Sent[] = [];
      let at = 1_000;
      for (const [n, { from, to, content, gapMs, isFar, fates }] of steps.entries()) {
        at += isFar ? gapMs + 2_000 : gapMs;
        const sent: Sent = { id: `m${n}`, at, from, to, content };
        all.push(sent);
        facts.push(() => pairing.sent(sent));
        for (const [place, person] of people.entries()) {
          const isFor = to === "*" ? person !== from : to.includes(person);
          const fate = fates[place];
          if (!isFor || !fate) continue;
          truth.set(`${sent.id} ${person}`, fate);
          for (let copy = 0; copy < fate.copies; copy++) {
            const arrived = arrival(
              sent,
              at + fate.delayMs + copy,
              person,
              `m${n} ${person} ${copy}`,
            );
            facts.push(() => pairing.arrived(arrived));
          }
        }
      }
      // Pages come into view one after the other, each with its history.
      const order = facts.map((fact, n) => ({ fact, place: Math.abs(n * seed) % 7 }));
      for (const { fact } of order.sort((a, b) => a.place - b.place)) fact();
      for (const message of all) {
        for (const { recipient, verdict } of pairing.deliveriesOf(message.id, LATER)) {
          const fate = truth.get(`${message.id} ${recipient}`);
          expect(fate).toBeDefined();
          const equals = all.filter(
            (each) =>
              each.from === message.from &&
              each.content === message.content &&
              truth.has(`${each.id} ${recipient}`) &&
              Math.abs(each.at - message.at) <= PATIENCE + 300,
          );
          if (equals.length === 1) {
            const kinds = ["lost", "received", "doubled"] as const;
            expect(verdict.kind).toBe(kinds[fate?.copies ?? 0]);
          } else if (verdict.kind === "lost") {
            expect(fate?.copies).toBe(0);
          }
        }
      }
    }),
  );
});
