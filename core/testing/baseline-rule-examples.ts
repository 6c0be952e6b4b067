/** Sessions as text for a rule that needs a baseline, which is learned from a session, too. */
type BaselineExample = {
  readonly baseline: string;
  readonly fires: string;
  readonly tells: string;
  readonly passes: string;
};

const HANDS = `0 joined Ada with Bob
10 6 times every 10: send {"type":"hand","raised":true} to *`;

/** By the id of the rule. */
export const BASELINE_EXAMPLES: Readonly<Record<string, BaselineExample>> = {
  "departs-from-baseline": {
    baseline: HANDS,
    fires: `0 joined Ada with Bob
10 send {"type":"hand","raised":"yes"} to *`,
    tells:
      "In hand, raised is of type string, not boolean as in the baseline (6 messages). Seen in 1 message.",
    passes: `0 joined Ada with Bob
10 send {"type":"hand","raised":false} to *`,
  },
  "not-in-baseline": {
    baseline: HANDS,
    fires: `0 joined Ada with Bob
10 send {"type":"hand","raised":true,"loud":true} to *`,
    tells:
      "In hand, loud isn’t in the baseline (6 messages); it is of type boolean. Seen in 1 message.",
    passes: HANDS,
  },
};
