import { lines } from "./findings-in";
import type { RuleExample } from "./message-rule-examples";

/** Of rules about session data, user data, and what should be in them, by the id of the rule. */
export const STATE_EXAMPLES: Readonly<Record<string, RuleExample>> = {
  "session-writes-unseen": {
    fires: `
      10 5 times every 50: session-data shallow-merge {"x":$n}
      1010 session-state {"x":5}`,
    tells: "4 values of x were replaced by a later write before sync, in 1 update, and never sent.",
    passes: `
      10 session-data shallow-merge {"stage":"Bob"}
      20 session-data shallow-merge {"topic":"Tea"}
      30 session-data shallow-merge {"open":true}
      1010 session-state {"stage":"Bob","topic":"Tea","open":true}`,
  },
  "replace-drops-keys": {
    fires: `
      10 session-state {"stage":"Bob","topic":"Tea"}
      2000 session-data replace {"isRecording":true}
      3000 session-state {"isRecording":true}`,
    tells: "1 replace dropped stage, topic.",
    passes: `
      10 session-state {"status":"playing","position":12}
      2000 session-data replace {"status":"stopped"}
      3000 session-state {"status":"stopped"}`,
  },
  "batch-poisoned": {
    fires: `
      10 session-data shallow-merge {"stage":"Bob"}
      100 session-data replace {"poll":1}
      1010 session-state {"poll":1}`,
    tells: "1 write lost before the sync: stage.",
    passes: `
      10 session-data shallow-merge {"stage":"Bob"}
      100 session-data shallow-merge {"poll":1}
      1010 session-state {"stage":"Bob","poll":1}`,
  },
  "nested-lost": {
    fires: `
      10 session-state {"user":{"name":"Bob","country":"NL"}}
      2000 session-data shallow-merge {"user":{"name":"Rob"}}
      3000 session-state {"user":{"name":"Rob"}}`,
    tells: "1 merge lost user.country, which may have been meant.",
    passes: `
      10 session-state {"user":{"name":"Bob","country":"NL"}}
      2000 session-data shallow-merge {"user":{"name":"Rob","country":"NL"}}
      3000 session-state {"user":{"name":"Rob","country":"NL"}}
      5000 session-data shallow-merge {"speaker":{"id-bob":{"since":5}}}
      6000 session-state {"user":{"name":"Rob","country":"NL"},"speaker":{"id-bob":{"since":5}}}
      9000 session-data shallow-merge {"speaker":{"id-ada":{"since":9}}}
      9900 session-state {"user":{"name":"Rob","country":"NL"},"speaker":{"id-ada":{"since":9}}}`,
  },
  "lost-update": {
    fires: `
      10 session-state {"n":1}
      2000 session-data replace {"n":2}
      2500 session-state {"n":7}
      3000 session-state {"n":2}`,
    tells: "1 time with n: written without what the other had set.",
    passes: `
      10 session-state {"n":1}
      2000 session-data shallow-merge {"n":2}
      3000 session-state {"n":2}
      3500 session-state {"n":3}
      4500 session-data shallow-merge {"n":4}
      5500 session-state {"n":4}`,
  },
  "flip-flop": {
    fires: `
      10 session-state {"n":0}
      1000 session-data shallow-merge {"n":1}
      1500 session-state {"n":1}
      2500 session-state {"n":0}
      3000 session-data shallow-merge {"n":1}
      3500 session-state {"n":1}
      4500 session-state {"n":0}`,
    tells: "A change of n was undone 3 times, by turns.",
    passes: `
      10 session-state {"turn":"Ada","move":0}
      1000 session-data replace {"turn":"Bob","move":1}
      1500 session-state {"turn":"Bob","move":1}
      2500 session-state {"turn":"Ada","move":2}
      3000 session-data replace {"turn":"Bob","move":3}
      3500 session-state {"turn":"Bob","move":3}
      4500 session-state {"turn":"Ada","move":4}`,
  },
  "never-confirmed": {
    fires: `
      10 session-data replace {"a":1}
      9000 joins Cy`,
    tells: "1 write not seen in any state within 5,000 ms.",
    passes: `
      10 session-data replace {"a":1}
      900 session-state {"a":1}`,
  },
  "write-failed": {
    fires: `
      10 session-data replace {"a":1}
      900 nonfatal-error meeting-session-data-error merged data too large`,
    tells: "1 write failed. Daily says: merged data too large",
    passes: `
      10 session-data replace {"a":1}
      900 session-state {"a":1}
      950 nonfatal-error screen-share-error not allowed`,
  },
  "write-lost-at-leave": {
    fires: `
      10 session-data replace {"host":null}
      20 leaves`,
    tells: "1 write waited for a sync when the call left.",
    passes: `
      10 session-data replace {"host":null}
      900 session-state {"host":null}
      920 leaves`,
  },
  "unchanged-write": {
    fires: `
      10 session-state {"a":1}
      2000 3 times every 3000: session-data shallow-merge {"a":1}`,
    tells: "3 writes changed nothing.",
    passes: `
      10 session-state {"a":1}
      2000 2 times every 3000: session-data shallow-merge {"a":1}
      9000 session-data shallow-merge {"a":2}
      9900 session-state {"a":2}`,
  },
  "same-write-by-all": {
    fires: `
      0 joined Ada with Bob, Cy
      1000 session-data shallow-merge {"recording":true}
      1200 session-state {"recording":true}
      1900 session-state {"recording":true}
      2900 session-state {"recording":true}`,
    tells: "3 equal states in a row after a change of recording, from this page and from others.",
    passes: `
      0 joined Ada with Bob, Cy
      1000 session-data shallow-merge {"recording":true}
      1900 session-state {"recording":true}
      9000 session-state {"recording":true}
      20000 session-state {"recording":true}`,
  },
  "user-data-churn": {
    fires: lines(
      6,
      (n) => `
      ${10 * n} user-data {"x":${n}}
      ${10 * n + 1} settles ${2 * n} resolved object`,
    ),
    tells: "5 values replaced within a second of being set.",
    passes: lines(
      2,
      (n) => `
      ${10 * n} user-data {"x":${n}}
      ${10 * n + 1} settles ${2 * n} resolved object`,
    ),
  },
  "user-data-same": {
    fires: `
      0 joined Ada having {"x":1} with Bob
      10 user-data {"x":1}
      11 settles 2 resolved object
      2000 user-data {"x":1}
      2001 settles 4 resolved object
      4000 user-data {"x":1}
      4001 settles 6 resolved object`,
    tells: "3 calls with the value that was there already.",
    passes: `
      0 joined Ada having {"x":1} with Bob
      10 user-data {"x":1}
      11 settles 2 resolved object
      2000 user-data {"x":2}
      2001 settles 4 resolved object`,
  },
  "join-overwrites-user-data": {
    fires: `
      0 created
      10 user-data {"hand":"up"}
      11 settles 2 resolved undefined
      20 joined Ada having {"role":"host"} with Bob`,
    tells: "1 stored value lost at a join.",
    passes: `
      0 created
      10 user-data {"hand":"up"}
      11 settles 2 resolved undefined
      20 joined Ada having {"hand":"up"} with Bob`,
  },
  "tabs-disagree": {
    fires: `
      0 joined Ada
      10 joins Bob as bob-1
      20 joins Bobby as bob-1
      30 updated Bob as bob-1 {"hand":"up"}
      40 updated Bobby as bob-1 {"hand":"down"}`,
    tells: "2 sessions of bob, with different values for 5 s or longer.",
    passes: `
      0 joined Ada
      10 joins Bob as bob-1
      20 joins Cy as cy-1
      30 updated Bob as bob-1 {"hand":"up"}
      40 updated Cy as cy-1 {"hand":"down"}`,
  },
  "state-by-message": {
    fires: `
      10 send {"type":"layout","value":"grid"} to *
      1000 joins Cy
      1100 send {"type":"layout","value":"grid"} to *
      2000 joins Dee
      2100 send {"type":"layout","value":"grid"} to *
      3000 joins Eve
      3100 send {"type":"layout","value":"grid"} to *`,
    tells:
      "A message of type layout was sent again right after 3 joins. 3 late joiners missed what had been sent before.",
    passes: `
      10 send {"type":"reaction","emoji":"👏"} to *
      1000 joins Cy
      1100 send {"type":"reaction","emoji":"👏"} to *
      4000 4 times every 2500: send {"type":"reaction","emoji":"👏"} to *
      20000 joins Dee
      20100 send {"type":"reaction","emoji":"❤"} to *
      30000 joins Eve
      30010 send {"type":"hello"} to Eve
      31000 joins Fay
      31010 send {"type":"hello"} to Fay
      32000 joins Gus
      32010 send {"type":"hello"} to Gus
      33000 joins Hal
      33010 send {"type":"hello"} to Hal`,
  },
  "history-replay": {
    fires: `
      10 joins Cy
      20 send {"type":"chat-history","items":[1,2]} to Cy
      30 joins Dee
      40 send {"type":"chat-history","items":[1,2]} to Dee`,
    tells: "2 messages of type chat-history to cy, dee, who had just joined.",
    passes: `
      10 joins Cy
      20 2 times every 10: send {"event":"sync-chat-msg","message":{"n":$n}} to Cy
      40 2 times every 10: send {"type":"sync-clock","n":$n} to Cy
      60 2 times every 10: send {"type":"async-job","n":$n} to Cy
      9000 2 times every 10: send {"type":"chat-history","n":$n} to Cy`,
  },
  "events-through-state": {
    fires: `10 30 times every 200: session-data shallow-merge {"x":$n}`,
    tells: "30 calls of setMeetingSessionData(), more than 2 a second.",
    passes: `10 15 times every 700: session-data shallow-merge {"x":$n}`,
  },
  "people-in-session-data": {
    fires: `
      0 joined Ada with Bob Cy
      10 session-state {"hands":{"id-bob":"up","id-cy":"down"}}`,
    tells: "2 keys are the id of a participant: hands.id-bob, hands.id-cy.",
    passes: `
      0 joined Ada with Bob Cy
      10 session-state {"stage":{"id-bob":{"since":5}},"speaker":"id-cy"}
      2000 session-state {"scores":{"Bob":2,"Cy":3}}`,
  },
  "room-state-in-user-data": {
    fires: `
      0 joined Ada with Bob Cy
      10 updated Bob {"layout":"grid","stage":"Cy","topic":"Tea"}`,
    tells: "bob has layout, stage, topic in their user data; the others have not.",
    passes: `
      0 joined Ada with Bob Cy
      10 updated Bob {"poll":"voted","stage":true,"hand":{"up":true}}`,
  },
};
