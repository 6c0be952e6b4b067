import { lines } from "./findings-in";
import { OTHER_END_EXAMPLES } from "./other-end-examples";
import { PROTOCOL_RULE_EXAMPLES } from "./protocol-rule-examples";
import { STATE_EXAMPLES } from "./state-rule-examples";

/** Sessions as text, for the tests of a rule and for its page. */
export type RuleExample = {
  readonly fires: string;
  /** What the rule tells of that one, where names are written as in the text. */
  readonly tells: string;
  /** Comes near it, and is none. */
  readonly passes: string;
};

/** The lines of an example; it begins with a call of two where it does not say how else. */
function exampleText(text: string): string {
  const given = text.trim().replaceAll(/\n\s+/g, "\n");
  return given.startsWith("0 ") ? given : `0 joined Ada with Bob\n${given}`;
}

/** The examples of a rule. Throws for one that has none. */
export function exampleOf(ruleId: string): RuleExample {
  const example =
    EXAMPLES[ruleId] ??
    OTHER_END_EXAMPLES[ruleId] ??
    STATE_EXAMPLES[ruleId] ??
    PROTOCOL_RULE_EXAMPLES[ruleId];
  if (!example) throw new Error(`Without an example: ${ruleId}`);
  const { fires, tells, passes } = example;
  return { fires: exampleText(fires), tells, passes: exampleText(passes) };
}

/** By the id of the rule: those about messages, and about the call itself. */
const EXAMPLES: Readonly<Record<string, RuleExample>> = {
  "sent-before-join": {
    fires: `
      0 created
      10 refused send {"type":"hi"} because sendAppMessage() only supported after join.
      20 joined Ada with Bob`,
    tells: "sendAppMessage() was called 1 time before the join.",
    passes: `
      0 created
      10 joined Ada with Bob
      20 send {"type":"hi"} to *`,
  },
  "sent-after-leave": {
    fires: `
      10 leaves
      20 refused send {"type":"bye"} because sendAppMessage() only supported after join.`,
    tells: "sendAppMessage() was called 1 time after the call had left.",
    passes: `
      10 send {"type":"bye"} to *
      20 leaves`,
  },
  "over-limit": {
    fires: `10 refused send {"type":"image","data":"<5000>"} because Message data too large. Max size is 4096`,
    tells:
      "1 call of sendAppMessage() of type image was refused. The largest had 5,026 characters.",
    passes: `10 send "<3000>" to *`,
  },
  "recipient-unknown": {
    fires: `10 send {"type":"cue"} to #nobody`,
    tells: "1 message of type cue went to 1 id that no one has: nobody.",
    passes: `
      10 send {"type":"cue"} to Bob
      20 received {"type":"hello"} from #hidden
      30 send {"type":"welcome"} to #hidden
      40 counts 3 and 1 hidden
      50 send {"type":"cue"} to #another-hidden`,
  },
  "user-id-recipient": {
    fires: `10 send {"type":"cue"} to #user-bob`,
    tells: "1 message of type cue went to the user id user-bob.",
    passes: `
      0 joined Ada
      5 joins Bob as id-bob
      10 send {"type":"cue"} to #id-bob`,
  },
  "recipient-left": {
    fires: `
      0 joined Ada with Bob Cy
      10 left Bob
      5000 send {"type":"cue"} to Bob`,
    tells: "1 message of type cue went to bob, more than 2 s after they had left.",
    passes: `
      0 joined Ada with Bob Cy
      10 left Bob
      500 send {"type":"cue"} to Bob`,
  },
  "empty-room": {
    fires: `
      0 joined Ada
      10 send {"type":"state"} to *`,
    tells: "1 message of type state went out while no one else was in the call.",
    passes: `
      0 joined Ada
      10 joins Bob
      20 send {"type":"state"} to *`,
  },
  "user-data-after-leave": {
    fires: `
      10 leaves
      20 user-data {"hand":"down"}
      21 settles 3 resolved undefined
      30 destroyed`,
    tells: "1 value set after the call had left, and no join took it along.",
    passes: `
      10 leaves
      20 user-data {"hand":"down"}
      21 settles 3 resolved undefined
      1520 joined Ada having {"hand":"down"} with Bob`,
  },
  "session-data-in-prebuilt": {
    fires: `
      0 created prebuilt
      10 joined Ada with Bob
      20 refused session-data replace {"a":1} because setMeetingSessionData() is only supported on custom callObject instances`,
    tells: "setMeetingSessionData() threw 1 time.",
    passes: `
      0 created prebuilt
      10 joined Ada with Bob
      20 send {"type":"a"} to *`,
  },
  "nobody-listened": {
    fires: `10 unheard {"type":"chat"} from Bob`,
    tells: "1 message of type chat from bob had no listener.",
    passes: `
      10 unheard {"event":"chat-msg","message":"hi"} from Bob
      20 received {"type":"chat"} from Bob
      30 another joined Helper with Ada Bob
      40 another unheard {"type":"chat"} from Bob
      41 received {"type":"chat"} from Bob`,
  },
  "listener-twice": {
    fires: `10 received {"type":"chat"} from Bob by 2, one twice`,
    tells: "1 app-message event ran the same function twice.",
    passes: `10 received {"type":"chat"} from Bob by 2`,
  },
  "listener-threw": {
    fires: `10 received {"type":"chat"} from Bob throwing no such participant`,
    tells:
      "A listener of app-message of type chat threw 1 time. The last time: no such participant",
    passes: `10 received {"type":"chat"} from Bob by 3`,
  },
  "slow-listener": {
    fires: `10 3 times every 300: received {"type":"pos","n":$n} from Bob in 150 ms`,
    tells: "Listeners of app-message of type pos blocked the page 3 times: 450 ms in all.",
    passes: `10 2 times every 300: received {"type":"pos","n":$n} from Bob in 150 ms`,
  },
  "listeners-grow": {
    fires: `10 6 times every 900: received {"type":"chat"} from Bob by $n`,
    tells: "app-message has gone up to 6 listeners, and never down in this stay.",
    passes: `
      10 4 times every 900: received {"type":"chat"} from Bob by $n
      5000 received {"type":"chat"} from Bob by 1
      10000 joins Cy
      10100 received {"type":"chat"} from Cy by 2
      11000 joins Dee
      11100 received {"type":"chat"} from Cy by 3
      12000 joins Eve
      12100 received {"type":"chat"} from Cy by 4
      13000 joins Flo
      13100 received {"type":"chat"} from Cy by 5
      14000 joins Gus
      14100 received {"type":"chat"} from Cy by 6
      15000 joins Hal
      75000 received {"type":"chat"} from Cy by 7`,
  },
  "listeners-grow-with-joins": {
    fires: `
      10 received {"type":"chat"} from Bob by 1
      20 leaves
      30 joined Ada with Bob
      40 received {"type":"chat"} from Bob by 2
      50 leaves
      60 joined Ada with Bob
      70 received {"type":"chat"} from Bob by 3`,
    tells: "app-message has 3 listeners now; every join of this call object added some.",
    passes: `
      10 received {"type":"chat"} from Bob by 1
      20 leaves
      30 joined Ada with Bob
      40 received {"type":"chat"} from Bob by 2
      50 leaves
      60 joined Ada with Bob
      70 received {"type":"chat"} from Bob by 2`,
  },
  "near-limit": {
    fires: `10 send {"type":"dump","text":"<3500>"} to *`,
    tells:
      "1 call of sendAppMessage() of type dump used 80% of the limit or more. The largest had 3,525 characters.",
    passes: `10 send {"type":"dump","text":"<3000>"} to *`,
  },
  "room-state-near-limit": {
    fires: `10 session-state {"log":"<90000>"}`,
    tells: "Up to 90,010 of 102,400 characters (87%).",
    passes: `10 session-state {"log":"<70000>"}`,
  },
  "bytes-over-limit": {
    fires: `10 send {"type":"chat","text":"<2000:漢>"} to *`,
    tells:
      "1 call of sendAppMessage() of type chat took more bytes than the limit: up to 6,025 in UTF-8.",
    passes: `10 send {"type":"chat","text":"<1000:漢>"} to *`,
  },
  "double-encoded": {
    fires: `10 send "{\\"type\\":\\"status-update\\",\\"status\\":\\"ended\\",\\"by\\":\\"ada\\",\\"room\\":\\"qa\\",\\"to\\":\\"all\\"}" to *`,
    tells:
      "1 message of type status-update, which cost 22 characters more than it had to: 22 each.",
    passes: `
      10 send "playable" to *
      20 send "{\\"a\\":1}" to *`,
  },
  "base64-blob": {
    fires: `10 send {"type":"image","data":"<800:aB3d>"} to *`,
    tells: "1 call of sendAppMessage() of type image held 800 characters of base64.",
    passes: `10 send {"type":"chat","text":"<800:A long text of 3 words >"} to *`,
  },
  "hand-chunking": {
    fires: `10 3 times every 20: send {"type":"file","index":$n,"total":3,"data":"<1500>"} to *`,
    tells: "3 parts of type file were sent, 4,635 characters in all.",
    passes: `10 3 times every 20: send {"type":"page","index":$n,"total":3,"data":"short"} to *`,
  },
  "not-serialisable": {
    fires: `10 refused send circular because Converting circular structure to JSON`,
    tells: "1 call of sendAppMessage(): Do not know how to serialize a BigInt.",
    passes: `
      10 user-data undefined
      11 settles 2 resolved object`,
  },
  "lost-in-json": {
    fires: `10 send {"type":"tags","tags":{}} to * losing Set at tags`,
    tells: "1 time in sendAppMessage() of type tags: a Set becomes {}, at tags.",
    passes: `10 send {"type":"tags","at":"2026-01-01T00:00:00.000Z"} to * losing Date at at`,
  },
  "changed-by-json": {
    fires: `10 user-data {"since":"2026-01-01T00:00:00.000Z"} losing Date at since`,
    tells: "1 time in setUserData(): a Date becomes text, at since.",
    passes: `10 session-data shallow-merge {"topic":"Tea"} without poll`,
  },
  "poisoned-user-data": {
    fires: `
      0 created
      10 user-data {} losing function at onClick
      11 settles 2 resolved undefined`,
    tells: "1 call kept a value that cannot be handed on, at onClick.",
    passes: `
      10 user-data {} losing function at onClick
      11 settles 2 rejected Error setting user data: DataCloneError: f(){} could not be cloned.`,
  },
  "unsafe-number": {
    fires: `10 send {"type":"pin","id":98765432109876543} to *`,
    tells: "1 payload of sendAppMessage() with such a number.",
    passes: `10 send {"type":"pin","id":"98765432109876543","at":1767268800000} to *`,
  },
  "message-storm": {
    fires: `10 500 times every 10: received {"type":"pos","x":$n} from Bob`,
    tells: "Type pos from bob: up to 100 messages a second, for 3 seconds or more.",
    passes: `10 250 times every 20: received {"type":"pos","x":$n} from Bob`,
  },
  "feedback-loop": {
    fires: lines(
      10,
      (n) => `
      ${100 * n} received {"type":"state","n":${n}} from Bob in 3 ms
      ${100 * n + 2} send {"type":"state","n":${n}} to *`,
    ),
    tells: "10 times a message of type state was sent while the listeners of one like it ran.",
    passes: lines(
      10,
      (n) => `
      ${100 * n} received {"type":"cursor","x":${n}} from Bob
      ${100 * n + 5} send {"type":"cursor","x":7} to *`,
    ),
  },
  "token-in-data": {
    fires: `10 send {"type":"invite","token":"eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJl"} to *`,
    tells:
      "1 payload in app messages of type invite, token: eyJh… (60 characters). Up to 1 person could read it: bob.",
    passes: `
      10 send {"type":"chat","text":"tokens begin with eyJ"} to *
      20 send {"type":"invite","token":"eyJhbGciOiJIUzI1NiJ9.eyJyIjoicWEiLCJvIjp0cnVlfQ.c2lnbmF0dXJl"} to Bob`,
  },
  "api-key-in-data": {
    fires: `10 session-state {"config":{"apiKey":"5f1c0a9be7d24463a8b1"}}`,
    tells:
      "1 payload in session data, config.apiKey: 5f1c… (20 characters). Up to 2 people could read it: ada, bob.",
    passes: `
      10 session-state {"config":{"key":"stage","password":"must-have-twelve-characters"}}
      20 send {"type":"icon","class":"sk-folding-cube-with-border-large"} to *
      30 send {"type":"link","url":"https://news.example/sk-telecom-announces-new-chip"} to *`,
  },
  "email-in-data": {
    fires: `10 updated Bob {"email":"bob@mail.example.org"}`,
    tells: "1 payload in user data, email. Up to 1 person could read it.",
    passes: `10 send {"type":"chat","text":"write to bob@mail.example.org"} to *`,
  },
  "signed-url-in-data": {
    fires: `10 send {"type":"file","url":"https://files.example/a.pdf?X-Amz-Signature=0123456789abcdef0123"} to *`,
    tells: "1 payload in app messages of type file, url. Up to 1 person could read it.",
    passes: `10 send {"type":"file","url":"https://files.example/a.pdf?version=12"} to *`,
  },
  "role-by-message": {
    fires: `10 received {"type":"mute-all","role":"host"} from Bob`,
    tells: "1 message of type mute-all with role from bob.",
    passes: `
      5 joins Cy as owner
      10 received {"type":"mute-all","role":"host"} from Cy
      20 received {"type":"hello","role":"guest"} from Bob
      30 received {"type":"notice","role":"admin"} from API`,
  },
  "unheard-error": {
    fires: `10 nonfatal-error input-settings-error cannot blur unheard`,
    tells:
      "nonfatal-error, input-settings-error came 1 time without a listener. Daily says: cannot blur",
    passes: `10 nonfatal-error input-settings-error cannot blur`,
  },
  "failed-constructor": {
    fires: `0 fails`,
    tells: "The constructor threw, and the instance is still there.",
    passes: `0 created`,
  },
  "several-calls": {
    fires: `10 another joined Ada with Bob`,
    tells: "Joined while 1 other call object of this page was in the same room.",
    passes: `
      10 another created
      20 leaves
      30 another joined Ada with Bob`,
  },
};
