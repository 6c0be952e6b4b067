import type { DailyCall } from "@daily-co/daily-js";

import { element, find } from "./element";
import { icon } from "./icon";
import { isJoined } from "./join";
import { type Message, REACTIONS } from "./protocol";

const NAMES: Readonly<Record<(typeof REACTIONS)[number], string>> = {
  "👏": "Clap",
  "❤️": "Love",
  "🎉": "Celebrate",
  "😂": "Laugh",
};

export type Reactions = {
  /** Sends a reaction to everyone, and shows it here: Daily does not echo a message to its sender. */
  readonly send: (emoji: string) => void;
  /** Lets a reaction rise over the stage. */
  readonly show: (emoji: string, from: string) => void;
};

/** The buttons to react with, and the reactions that fly. */
export function createReactions(call: DailyCall, ownName: string): Reactions {
  const sky = find("reactions", HTMLElement);

  function show(emoji: string, from: string): void {
    const floating = element("span", "reactions__one");
    floating.append(icon(emoji), element("small", "", from));
    floating.style.left = `${8 + Math.random() * 74}%`;
    floating.addEventListener("animationend", () => floating.remove());
    sky.append(floating);
  }

  function send(emoji: string): void {
    if (!isJoined(call)) return;
    const reaction: Message = { kind: "reaction", emoji };
    call.sendAppMessage(reaction);
    show(emoji, ownName);
  }

  for (const emoji of REACTIONS) {
    const button = element("button", "round");
    button.type = "button";
    button.title = NAMES[emoji];
    button.setAttribute("aria-label", NAMES[emoji]);
    button.append(icon(emoji));
    button.addEventListener("click", () => send(emoji));
    find("react", HTMLElement).append(button);
  }
  return { send, show };
}
