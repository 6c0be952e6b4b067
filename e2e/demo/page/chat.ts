import type { DailyCall } from "@daily-co/daily-js";

import { find } from "./element";
import type { Feed } from "./feed";
import { isJoined } from "./join";
import type { Message } from "./protocol";

/** Sends what is typed as a question to everyone. */
export function listenToQuestions(call: DailyCall, feed: Feed): void {
  const form = find("ask", HTMLFormElement);
  const input = find("question", HTMLInputElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "" || !isJoined(call)) return;
    const question: Message = { kind: "question", text };
    call.sendAppMessage(question);
    feed.add("question", text, "You");
    form.reset();
  });
}
