import type { RuleExample } from "./message-rule-examples";

/** A call of two, and what happens in the page of the other one as well. */
const TWO = `
      0 joined Ada with Bob
      0 at Bob: joined Bob with Ada`;
const THREE = `
      0 joined Ada with Bob Cy
      0 at Bob: joined Bob with Ada Cy
      0 at Cy: joined Cy with Ada Bob`;

/** Of rules about what the pages of others tell, by the id of the rule. */
export const OTHER_END_EXAMPLES: Readonly<Record<string, RuleExample>> = {
  "message-lost": {
    fires: `${TWO}
      100 send {"type":"chat","text":"Hello"} to *
      140 at Bob: received {"type":"chat","text":"Hello"} from Ada
      200 send {"type":"chat","text":"Are you there?"} to *
      4000 at Bob: joins Cy
      9500 at Bob: joins Dee`,
    tells: "1 of 2 messages of type chat never arrived at bob.",
    passes: `${TWO}
      100 send {"type":"chat","text":"Hello"} to *
      110 at Bob: leaves
      2000 at Bob: joined Bob with Ada
      9000 send {"type":"ping"} to Bob
      9010 send {"type":"ping"} to Bob
      9040 at Bob: received {"type":"ping"} from Ada
      15000 at Bob: joins Cy
      20000 at Bob: joins Dee
      20010 send {"type":"chat","text":"Can you hear me?"} to Bob
      60000 at Bob: joins Eve`,
  },
  "message-doubled": {
    fires: `${TWO}
      100 send {"type":"vote","id":1} to Bob
      140 at Bob: received {"type":"vote","id":1} from Ada
      150 at Bob: received {"type":"vote","id":1} from Ada
      200 send {"type":"vote","id":2} to Bob
      240 at Bob: received {"type":"vote","id":2} from Ada`,
    tells: "1 of 2 messages of type vote arrived at bob more than once: up to 2 times.",
    passes: `${TWO}
      100 send {"type":"ping"} to Bob
      110 send {"type":"ping"} to Bob
      140 at Bob: received {"type":"ping"} from Ada
      150 at Bob: received {"type":"ping"} from Ada`,
  },
  "message-overtaken": {
    fires: `${TWO}
      100 send {"type":"pos","x":1} to *
      110 send {"type":"pos","x":2} to *
      140 at Bob: received {"type":"pos","x":2} from Ada
      150 at Bob: received {"type":"pos","x":1} from Ada`,
    tells: "1 of 2 messages of type pos arrived at bob after a message that was sent later.",
    passes: `${TWO}
      100 send {"type":"pos","x":1} to *
      110 send {"type":"pos","x":2} to *
      140 at Bob: received {"type":"pos","x":1} from Ada
      150 at Bob: received {"type":"pos","x":2} from Ada`,
  },
  "no-listener-at-other-end": {
    fires: `${TWO}
      100 send {"type":"chat"} to *
      140 at Bob: unheard {"type":"chat"} from Ada`,
    tells: "1 message of type chat arrived at bob, whose page had no listener.",
    passes: `
      0 joined Ada with Bob Helper
      0 at Bob: joined Bob with Ada Helper
      10 at Bob: another joined Helper with Ada Bob
      100 send {"type":"chat"} to *
      140 at Bob: received {"type":"chat"} from Ada
      141 at Bob: another unheard {"type":"chat"} from Ada
      200 send {"event":"chat-msg","message":"hi"} to *
      240 at Bob: unheard {"event":"chat-msg","message":"hi"} from Ada
      241 at Bob: another unheard {"event":"chat-msg","message":"hi"} from Ada`,
  },
  "listener-threw-at-other-end": {
    fires: `${THREE}
      100 send {"type":"cue","to":"Bob"} to *
      140 at Bob: received {"type":"cue","to":"Bob"} from Ada throwing no such participant
      145 at Cy: received {"type":"cue","to":"Bob"} from Ada`,
    tells:
      "A listener at bob threw on 1 message of type cue: TypeError: no such participant. 1 other handled the same message.",
    passes: `${THREE}
      100 send {"type":"cue","to":"Bob"} to *
      140 at Bob: received {"type":"cue","to":"Bob"} from Ada by 2
      200 at Bob: received {"type":"cue","to":"Bob"} from Cy throwing no such participant`,
  },
  "user-data-not-spread": {
    fires: `${TWO}
      100 user-data {"hand":"up"}
      101 settles 2 resolved object
      6000 at Bob: joins Cy
      12000 at Bob: left Cy`,
    tells: "1 value of user data wasn’t at bob 10 s after being set.",
    passes: `
      0 joined Ada having {"hand":"down"} with Bob
      0 at Bob: joined Bob with Ada
      10 at Bob: updated Ada {"hand":"down"}
      100 user-data {"hand":"up"}
      101 settles 2 resolved object
      150 user-data {"hand":"down"}
      151 settles 4 resolved object
      9000 user-data {"hand":"up"}
      9001 settles 6 resolved object
      9300 at Bob: updated Ada {"hand":"up"}
      30000 at Bob: joins Cy`,
  },
  "session-data-differs": {
    fires: `${TWO}
      10 session-state {"stage":"Ada","topic":"Tea"}
      12 at Bob: session-state {"stage":"Ada","topic":"Tea"}
      1000 session-state {"stage":"Bob","topic":"Tea"}
      9000 at Bob: session-state {"stage":"Bob","topic":"Tea"}`,
    tells: "bob had other session data than this page for more than 5 s: stage.",
    passes: `${TWO}
      10 session-state {"stage":"Ada","topic":"Tea"}
      12 at Bob: session-state {"stage":"Ada","topic":"Tea"}
      1000 session-state {"stage":"Bob","topic":"Tea"}
      3000 at Bob: session-state {"topic":"Tea","stage":"Bob"}
      4000 at Bob: leaves
      5000 session-state {"stage":"Cy","topic":"Tea"}
      20000 at Bob: joined Bob with Ada
      20040 at Bob: session-state {"stage":"Cy","topic":"Tea"}`,
  },
  "slow-at-other-end": {
    fires: `${THREE}
      100 3 times every 2000: send {"type":"pos","x":$n} to *
      130 3 times every 2000: at Cy: received {"type":"pos","x":$n} from Ada
      1400 3 times every 2000: at Bob: received {"type":"pos","x":$n} from Ada`,
    tells:
      "bob received 3 messages more than 1 s after they were sent, while others had them within 200 ms.",
    passes: `${THREE}
      100 3 times every 2000: send {"type":"pos","x":$n} to *
      1390 3 times every 2000: at Cy: received {"type":"pos","x":$n} from Ada
      1400 3 times every 2000: at Bob: received {"type":"pos","x":$n} from Ada`,
  },
};
