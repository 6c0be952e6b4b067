import type { DailyEventObjectAppMessage } from "@daily-co/daily-js";

import type { Autopilot } from "./autopilot";
import type { Cue } from "./cue";
import type { Feed } from "./feed";
import type { House } from "./house";
import { readMessage } from "./protocol";
import type { Reactions } from "./reactions";
import type { StageView } from "./stage-view";

/** The `fromId` of what a server sent through Daily's REST API. */
const SERVER = "API";

type Parts = {
  readonly house: () => House;
  readonly feed: Feed;
  readonly reactions: Reactions;
  readonly cue: Cue;
  readonly stageView: StageView;
  readonly autopilot: Pick<Autopilot, "hear">;
};

/** The one listener for app messages: hands each to the part of the page that it is for. */
export function createInbox({ house, feed, reactions, cue, stageView, autopilot }: Parts) {
  return ({ data, fromId }: DailyEventObjectAppMessage): void => {
    const message = readMessage(data);
    const now = house();
    // Not in the list: the server, someone who has just left, someone hidden.
    const sender = now.people.find(({ sessionId }) => sessionId === fromId);
    const from = sender?.name ?? "Someone";
    if (message) autopilot.hear?.(message, sender);
    switch (message?.kind) {
      case "reaction":
        return reactions.show(message.emoji, from);
      case "question":
        return feed.add("question", message.text, from);
      case "notice":
        if (fromId === SERVER) feed.add("notice", message.text, "Notice");
        return;
      case "cue":
        return cue.show(fromId);
      case "cue-answer":
        feed.add("event", `${from} is unmuted.`);
        stageView.showUnmuted(fromId);
        return stageView.show(now);
      case undefined:
        return; // Some other app's.
    }
  };
}
