import type { DailyCall } from "@daily-co/daily-js";

import { find } from "./element";
import type { Feed } from "./feed";
import { isJoined } from "./join";
import type { Message } from "./protocol";

export type Chat = {
  /** Sends a question to everyone. */
  readonly ask: (text: string) => void;
};

/** The questions of this page's user. */
export function createChat(call: DailyCall, feed: Feed): Chat {
  const form = find("ask", HTMLFormElement);
  const input = find("question", HTMLInputElement);

  function ask(text: string): void {
    if (!isJoined(call)) return;
    const question: Message = { kind: "question", text };
    call.sendAppMessage(question);
    feed.add("question", text, "You");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "" || !isJoined(call)) return;
    ask(text);
    form.reset();
  });
  return { ask };
}
