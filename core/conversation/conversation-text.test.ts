import { expect, test } from "vitest";

import { logOf } from "../testing/log-of-text";
import { session } from "../testing/session-text";
import { talkLines } from "../testing/talk-story";
import { toMarkdown, toText } from "./conversation-text";
import type { Conversation } from "./conversation";
import { createCallConversations } from "./call-conversations";
import { isShown } from "./shown-turn";

/** The conversation of the story. */
function told(events = session(talkLines())) {
  const log = logOf(events);
  const callOf = (callId: string) => log.calls.get(callId);
  const reader = createCallConversations(callOf);
  for (const entry of log.entries) reader.take(entry);
  const callId = reader.latest() ?? "";
  const conversation = reader.byCall.get(callId) as Conversation;
  const items = conversation.items().filter(isShown);
  expect(items).toHaveLength(6);
  return { conversation, items, call: callOf(callId) };
}

/** With times of day as their seconds, whatever the zone. */
const withoutHours = (text: string): string =>
  text.replace(/\d\d:\d\d:(\d\d\.\d{3})/g, "$1").replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "DATE");

test("as text: what was said, cut, called, interim, and errors in their place", () => {
  expect(withoutHours(toText(told()))).toMatchInlineSnapshot(`
    "Conversation: RTVI 2.1.0 in you.daily.co/qa, DATE
    Times: user stopped → final transcript: 1 · max 100 ms; user stopped → first audio: 1 · max 900 ms; final transcript → first token: 1 · max 500 ms; first token → first audio: 1 · max 300 ms; first audio → bot stopped: 1 · max 550 ms

    00.100  sent: client ready: 2.1.0
    00.200  received: bot ready: 2.1.0
    01.000  Ada (user): What is the *weather*?
    02.120  Vera (bot): It is cold [interrupted at 03.401] [not said: there today.]
      get_weather({"city":"Oslo"}) → {"celsius":3} after 310 ms
      (name withheld by the bot)() no result
      (100 ms to final transcript, 500 ms to first token, 300 ms to first audio, spoke 550 ms)
    03.400  Ada (user): [interim: and tomorrow]
    03.500  error: The voice is gone
    "
  `);
});

test("as Markdown, in which nothing that was said means anything to Markdown", () => {
  expect(withoutHours(toMarkdown(told()))).toMatchInlineSnapshot(`
    "## Conversation

    RTVI 2.1.0 in you.daily.co/qa, DATE

    | Leg | Turns | p50 | p95 | Max |
    | --- | ---: | ---: | ---: | ---: |
    | user stopped → final transcript | 1 |  |  | 100 ms |
    | user stopped → first audio | 1 |  |  | 900 ms |
    | final transcript → first token | 1 |  |  | 500 ms |
    | first token → first audio | 1 |  |  | 300 ms |
    | first audio → bot stopped | 1 |  |  | 550 ms |

    _sent: client ready: 2.1.0_ 00.100

    _received: bot ready: 2.1.0_ 00.200

    **Ada** (user) 01.000  
    What is the \\*weather\\*?

    **Vera** (bot) 02.120  
    It is cold **interrupted at 03.401** ~~there today.~~

    - \`get_weather({"city":"Oslo"})\` → \`{"celsius":3}\` after 310 ms
    - \`(name withheld by the bot)()\` no result

    <sub>100 ms to final transcript · 500 ms to first token · 300 ms to first audio · spoke 550 ms</sub>

    **Ada** (user) 03.400  
    _and tomorrow_ (interim)

    **error: The voice is gone** 03.500
    "
  `);
});

test("someone without a name is the user or the bot, not an id", () => {
  const nameless = JSON.stringify(session(talkLines())).replaceAll(/"(Ada|Vera)"/g, '""');
  const text = toText(told(JSON.parse(nameless) as ReturnType<typeof session>));
  const speakers = [...text.matchAll(/^\S+ {2}(User|Bot): /gm)].map(([, speaker]) => speaker);
  expect(speakers).toEqual(["User", "Bot", "User"]);
});
