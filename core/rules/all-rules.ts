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
import { listenerTwice } from "./listeners/listener-twice";
import { nobodyListened } from "./listeners/nobody-listened";
import { slowListener } from "./listeners/slow-listener";
import { base64Blob } from "./sizes/base64-blob";
import { bytesOverLimit } from "./sizes/bytes-over-limit";
import { doubleEncoded } from "./sizes/double-encoded";
import { handChunking } from "./sizes/hand-chunking";
import { nearLimit } from "./sizes/near-limit";
import { roomStateNearLimit } from "./sizes/room-state-near-limit";
import { changedByJson } from "./serialisation/changed-by-json";
import { lostInJson } from "./serialisation/lost-in-json";
import { poisonedUserData } from "./serialisation/poisoned-user-data";
import { notSerialisable } from "./serialisation/not-serialisable";
import { unsafeNumber } from "./serialisation/unsafe-number";
import { batchPoisoned } from "./session-data/batch-poisoned";
import { flipFlop } from "./session-data/flip-flop";
import { lostUpdate } from "./session-data/lost-update";
import { nestedLost } from "./session-data/nested-lost";
import { neverConfirmed } from "./session-data/never-confirmed";
import { replaceDropsKeys } from "./session-data/replace-drops-keys";
import { sameWriteByAll } from "./session-data/same-write-by-all";
import { sessionWritesUnseen } from "./session-data/session-writes-unseen";
import { unchangedWrite } from "./session-data/unchanged-write";
import { writeFailed } from "./session-data/write-failed";
import { writeLostAtLeave } from "./session-data/write-lost-at-leave";
import { joinOverwritesUserData } from "./user-data/join-overwrites-user-data";
import { tabsDisagree } from "./user-data/tabs-disagree";
import { userDataChurn } from "./user-data/user-data-churn";
import { userDataSame } from "./user-data/user-data-same";
import { eventsThroughState } from "./wrong-channel/events-through-state";
import { historyReplay } from "./wrong-channel/history-replay";
import { peopleInSessionData } from "./wrong-channel/people-in-session-data";
import { roomStateInUserData } from "./wrong-channel/room-state-in-user-data";
import { stateByMessage } from "./wrong-channel/state-by-message";
import { feedbackLoop } from "./storms/feedback-loop";
import { messageStorm } from "./storms/message-storm";
import { apiKeyInData } from "./trust/api-key-in-data";
import { emailInData } from "./trust/email-in-data";
import { roleByMessage } from "./trust/role-by-message";
import { signedUrlInData } from "./trust/signed-url-in-data";
import { tokenInData } from "./trust/token-in-data";
import { failedConstructor } from "./hidden-errors/failed-constructor";
import { severalCalls } from "./hidden-errors/several-calls";
import { unheardError } from "./hidden-errors/unheard-error";
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
    rules: [
      nobodyListened,
      listenerTwice,
      listenerThrew,
      slowListener,
      listenersGrow,
      listenersGrowWithJoins,
    ],
  },
  {
    name: "Sizes",
    rules: [nearLimit, roomStateNearLimit, bytesOverLimit, doubleEncoded, base64Blob, handChunking],
  },
  {
    name: "Serialisation",
    rules: [notSerialisable, lostInJson, changedByJson, poisonedUserData, unsafeNumber],
  },
  {
    name: "Session data",
    rules: [
      sessionWritesUnseen,
      replaceDropsKeys,
      batchPoisoned,
      nestedLost,
      lostUpdate,
      flipFlop,
      neverConfirmed,
      writeFailed,
      writeLostAtLeave,
      unchangedWrite,
      sameWriteByAll,
    ],
  },
  { name: "User data", rules: [userDataChurn, userDataSame, joinOverwritesUserData, tabsDisagree] },
  {
    name: "Wrong channel",
    rules: [
      stateByMessage,
      historyReplay,
      eventsThroughState,
      peopleInSessionData,
      roomStateInUserData,
    ],
  },
  { name: "Storms", rules: [messageStorm, feedbackLoop] },
  {
    name: "Trust",
    rules: [tokenInData, apiKeyInData, emailInData, signedUrlInData, roleByMessage],
  },
  { name: "Hidden errors", rules: [unheardError, failedConstructor, severalCalls] },
];

export const ALL_RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules);
