import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { roomSequence } from "../testing/room-story";
import { escape, toMermaid } from "./mermaid";

const print = (stories: Record<string, string>) => {
  const { sequence, context } = roomSequence(stories);
  return toMermaid(sequence.rows, context).text;
};

const ADA = "0 joined Ada with Bob, Cy";
const BOB = "5 joined Bob with Ada, Cy";

/**
 * What Mermaid's grammar takes for such a diagram, and nothing else: a text ends at the line, at `;` and at `#`, unless
 * that is the number of a character; `%%` begins a comment anywhere, `end` closes a block.
 */
const TEXT = String.raw`(?:(?!\bend\b)[^#;%:"<>{}$@\p{C}]|#\d+;)*`;
const LINES = [
  String.raw`sequenceDiagram`,
  String.raw`  participant p\d+ as (?=\S)${TEXT}`,
  String.raw`  p\d+(?:->>|-->>|-x|--\))p\d+: ${TEXT}`,
  String.raw`  Note over p\d+(?:,p\d+)?: ${TEXT}`,
  String.raw`  (?:activate|deactivate) p\d+`,
].map((line) => new RegExp(`^${line}$`, "iu"));

function expectParses(diagram: string): void {
  const lines = diagram.trimEnd().split("\n");
  expect(lines[0]).toBe("sequenceDiagram");
  const known = new Set<string>();
  const active = new Map<string, number>();
  for (const line of lines) {
    expect(
      LINES.some((form) => form.test(line)),
      line,
    ).toBe(true);
    const [, id] = /^ {2}participant (p\d+)/.exec(line) ?? [];
    if (id) known.add(id);
    else
      for (const [used] of line.replace(/:.*/, "").matchAll(/p\d+/g)) expect(known).toContain(used);
    const [, verb, who = ""] = /^ {2}(activate|deactivate) (p\d+)$/.exec(line) ?? [];
    if (!verb) continue;
    const count = (active.get(who) ?? 0) + (verb === "activate" ? 1 : -1);
    // Mermaid refuses to end what hasn't started.
    expect(count).toBeGreaterThanOrEqual(0);
    active.set(who, count);
  }
}

/** As a reader sees an escaped text. */
const decode = (text: string) =>
  text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

test("a room as a diagram", () => {
  const text = print({
    ada: `${ADA}
      100 send {"type":"hi"} to *
      200 send {"type":"lost"} to Bob
      300 session-data shallow-merge {"stage":1}
      1300 session-state {"stage":1}
      1400 received {"type":"go"} from API
      1500 refused send {"type":"big"} because too large
      1600 left Cy`,
    bob: `${BOB}
      138 received {"type":"hi"} from Ada
      1310 session-state {"stage":1}
      8000 received "x" from Cy
      16000 received "y" from Cy`,
  });
  expectParses(text);
  expect(decode(text)).toBe(`sequenceDiagram
  participant p0 as Ada
  participant p1 as Bob
  participant p2 as Cy (not in view)
  participant p3 as Server
  participant p4 as Room
  Note over p0: joined
  Note over p1: joined
  p0->>p1: hi · 38 ms
  p0--)p2: hi · not in view
  p0-xp1: lost · not received
  p0->>p4: session data {stage: 1} · 1 s
  activate p4
  p4->>p0: session data {stage: 1}
  p4->>p1: session data {stage: 1}
  deactivate p4
  p3->>p0: go
  Note over p0: big · refused
  Note over p2: left
  p2->>p1: "x"
  p2->>p1: "y"
`);
});

describe("hostile texts", () => {
  test("come out as they are, in a line", () => {
    for (const text of [
      `a; b`,
      `#35; # %% comment`,
      `%%{init: {"theme":"dark"}}%%`,
      `end`,
      `the End; end`,
      `style:#fff;`,
      `wrap: x`,
      `<br/><script>`,
      `a ->> b`,
      `"quoted" 'x' \`y\``,
      `$$x$$`,
      `@{ "type": "actor" }`,
    ]) {
      const escaped = escape(text);
      expect(escaped).toMatch(new RegExp(`^${TEXT}$`, "iu"));
      expect(decode(escaped)).toBe(text);
    }
    expect(decode(escape("a\nend\r\nb\u2028c\u0000"))).toBe("a end b c");
    expect(escape("\ud800")).toBe("#65533;");
  });

  test("never make more than the diagram", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("end", ";", "#", "\n", "%%", "->>", "p1", ":", "loop", " ", "style", "#59;"),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const escaped = escape(words.join(""));
        expect(escaped).toMatch(new RegExp(`^${TEXT}$`, "iu"));
      }),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const type = JSON.stringify({ type: words.join("") });
        if (/[<\n]/.test(type)) return;
        expectParses(print({ ada: `${ADA}\n 100 send ${type} to Bob`, bob: BOB }));
      }),
    );
  });
});

describe("what is too long", () => {
  test("says how many events are left out, at the end that is asked for", () => {
    const { sequence, context } = roomSequence({
      ada: `${ADA}\n 100 2000 times every 10: send {"type":"t$n","x":"<200:;>"} to Bob`,
      bob: BOB,
    });
    for (const leaveOut of ["later", "earlier"] as const) {
      const { text, rows, leftOut } = toMermaid(sequence.rows, context, leaveOut);
      expectParses(text);
      expect(text.length).toBeLessThan(50_000);
      expect(rows + leftOut).toBe(2002);
      expect(leftOut).toBeGreaterThan(1000);
      const lines = text.trimEnd().split("\n");
      const note =
        leaveOut === "later" ? lines.at(-1) : lines.find((line) => line.includes("Note"));
      expect(note).toMatch(/1,\d\d\d (later|earlier) events left out$/);
      expect(text.includes("t2000")).toBe(leaveOut === "earlier");
    }
  });
});
