import { expect, test } from "vitest";

import { looksRandom } from "./secrets";

test.each([
  "5f1c0a9be7d24463a8b1",
  "sk-proj-x7Qm2LkP9vRt4WzN8bYc3HdF6gJs1aUe",
  "123e4567-e89b-12d3-a456-426614174000",
  "AKIAIOSFODNN7EXAMPLE",
  "xoxb-2345678901-2345678901-AbCd1eFgH2iJkL3mN",
])("%s looks like a key", (text) => expect(looksRandom(text)).toBe(true));

test.each([
  "sk-folding-cube-with-border-large",
  "sk-telecom-announces-new-chip-2026",
  "must-have-twelve-characters",
  "sk_live_streaming_overlay_panel_2",
  "1234567890123456",
  "aaaaaaaaaaaaaaa1",
])("%s does not", (text) => expect(looksRandom(text)).toBe(false));
