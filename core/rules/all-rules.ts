import { DEAD_LETTERS } from "./dead-letters";
import { HIDDEN_ERRORS } from "./hidden-errors";
import { LISTENERS } from "./listeners";
import { LOSSES } from "./losses";
import { OTHER_ENDS } from "./other-ends";
import { PROTOCOL_ANSWERS } from "./protocol-answers";
import { PROTOCOL_MESSAGES } from "./protocol-messages";
import type { Rule } from "./rule";
import { SESSION_DATA } from "./session-data";
import { SIZES } from "./sizes";
import { STORMS } from "./storms";
import { TRUST } from "./trust";
import { USER_DATA } from "./user-data";
import { WRONG_CHANNEL } from "./wrong-channel";

/** All rules, by what they are about. */
export const RULE_GROUPS: readonly { readonly name: string; readonly rules: readonly Rule[] }[] = [
  { name: "Dead letters", rules: DEAD_LETTERS },
  { name: "Other ends", rules: OTHER_ENDS },
  { name: "Listeners", rules: LISTENERS },
  { name: "Sizes", rules: SIZES },
  { name: "Serialisation", rules: LOSSES },
  { name: "Session data", rules: SESSION_DATA },
  { name: "User data", rules: USER_DATA },
  { name: "Wrong channel", rules: WRONG_CHANNEL },
  { name: "Storms", rules: STORMS },
  { name: "Trust", rules: TRUST },
  { name: "Hidden errors", rules: HIDDEN_ERRORS },
  { name: "Protocols", rules: [...PROTOCOL_ANSWERS, ...PROTOCOL_MESSAGES] },
];

export const ALL_RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules);
