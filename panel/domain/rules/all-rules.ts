import { emptyRoom } from "./dead-letters/empty-room";
import { overLimit } from "./dead-letters/over-limit";
import { recipientLeft } from "./dead-letters/recipient-left";
import { recipientUnknown } from "./dead-letters/recipient-unknown";
import { sentAfterLeave } from "./dead-letters/sent-after-leave";
import { sentBeforeJoin } from "./dead-letters/sent-before-join";
import { sessionDataInPrebuilt } from "./dead-letters/session-data-in-prebuilt";
import { userDataAfterLeave } from "./dead-letters/user-data-after-leave";
import { userIdRecipient } from "./dead-letters/user-id-recipient";
import { listenerThrew } from "./listeners/listener-threw";
import { listenersGrow } from "./listeners/listeners-grow";
import { listenersGrowWithJoins } from "./listeners/listeners-grow-with-joins";
import { nobodyListened } from "./listeners/nobody-listened";
import { slowListener } from "./listeners/slow-listener";
import type { Rule } from "./rule";

/** All rules, by what they are about. */
export const RULE_GROUPS: readonly { readonly name: string; readonly rules: readonly Rule[] }[] = [
  {
    name: "Dead letters",
    rules: [
      sentBeforeJoin,
      sentAfterLeave,
      overLimit,
      recipientUnknown,
      userIdRecipient,
      recipientLeft,
      emptyRoom,
      userDataAfterLeave,
      sessionDataInPrebuilt,
    ],
  },
  {
    name: "Listeners",
    rules: [nobodyListened, listenerThrew, slowListener, listenersGrow, listenersGrowWithJoins],
  },
];

export const ALL_RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules);
