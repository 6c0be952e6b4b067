import { expect, test } from "vitest";

import { createStore } from "../shell/store";
import { session } from "../../core/testing/session-text";
import { talkLines } from "../../core/testing/talk-story";
import { toMarkdown, toText } from "./conversation-text";
import type { ShownConversation } from "./conversation-state";

/** The conversation of the story, once the panel has derived it. */
async function told(events = session(talkLines())) {
  const store = createStore();
  store.documentOpened({ documentId: "page", frameId: 0, url: "https://app.example/" });
  store.received("page", { ok: true, events, invalid: 0 });
  await expect.poll(() => store.conversations.current.value?.items.length).toBe(6);
  const shown = store.conversations.current.value as ShownConversation;
  return { ...shown, call: store.callOf(shown.callId) };
}

/** With times of day as their seconds, whatever the zone. */
const withoutHours = (text: string): string =>
  text.replace(/\d\d:\d\d:(\d\d\.\d{3})/g, "$1").replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "DATE");

test("as text: what was said, cut, called, interim, and errors in their place", async () => {
  expect(withoutHours(toText(await told()))).toMatchInlineSnapshot(`
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

test("as Markdown, in which nothing that was said means anything to Markdown", async () => {
  expect(withoutHours(toMarkdown(await told()))).toMatchInlineSnapshot(`
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

test("someone without a name is the user or the bot, not an id", async () => {
  const nameless = JSON.stringify(session(talkLines())).replaceAll(/"(Ada|Vera)"/g, '""');
  const text = toText(await told(JSON.parse(nameless) as ReturnType<typeof session>));
  const speakers = [...text.matchAll(/^\S+ {2}(User|Bot): /gm)].map(([, speaker]) => speaker);
  expect(speakers).toEqual(["User", "Bot", "User"]);
});
