/** A live Q&A: hands in user data, the stage in session data, reactions and cues as app messages. */
import { type Autopilot, createAutopilot } from "./autopilot";
import { createChat } from "./chat";
import { createCue } from "./cue";
import { find, setText } from "./element";
import { createFeed } from "./feed";
import { createGuestAutopilot } from "./guest-autopilot";
import { createHands } from "./hands";
import { readHouse } from "./house";
import { icon } from "./icon";
import { createInbox } from "./inbox";
import { createCall, isJoined } from "./join";
import { createPeopleView } from "./people-view";
import { createReactions } from "./reactions";
import { createSessionWriter } from "./session-writer";
import { readSettings } from "./settings";
import { createStageControl } from "./stage";
import { createStageView } from "./stage-view";

const settings = readSettings(location);
const { Daily } = window;
if (!Daily) throw new Error("daily-js did not load.");
const call = createCall(Daily, settings);
window.call = call;

const house = () => readHouse(call);
const feed = createFeed();
const hands = createHands(call, settings.isHost ? "host" : "guest");
const reactions = createReactions(call, settings.name);
const cue = createCue(call);
const chat = createChat(call, feed);
const stage = createStageControl(call, createSessionWriter(call));
const stageView = createStageView(settings.isHost);
const showPeople = createPeopleView(
  settings.isHost ? (person) => stage.bring(person, house()) : undefined,
);
const autopilot: Autopilot = settings.isHost
  ? createAutopilot({ stage, house, react: reactions.send })
  : createGuestAutopilot({
      house,
      raiseHand: () => hands.raise().catch(feed.fail),
      ask: chat.ask,
      react: reactions.send,
      answerCue: cue.answer,
    });
const autopilotSwitch = find("autopilot", HTMLInputElement);

function update(): void {
  const now = house();
  stage.update(now);
  stageView.show(now);
  showPeople(now);
  cue.update(now);
  autopilot.update(now);
  hands.update(now).catch(feed.fail);
  const me = now.people.find(({ isLocal }) => isLocal);
  find("hand", HTMLElement).setAttribute("aria-pressed", String(me?.hand === "up"));
}

function open(isOpen: boolean): void {
  for (const controls of document.querySelectorAll("fieldset")) controls.disabled = !isOpen;
  autopilot.setOn(isOpen && autopilotSwitch.checked);
}

function say(text: string): void {
  setText(find("presence", HTMLElement), text);
}

call
  .on("joined-meeting", () => {
    open(true);
    update();
    hands.introduce().catch(feed.fail);
  })
  .on("participant-joined", ({ participant }) => {
    feed.add("event", `${participant.user_name || "Someone"} joined.`);
    update();
  })
  .on("participant-left", ({ participant }) => {
    feed.add("event", `${participant.user_name || "Someone"} left.`);
    update();
  })
  .on("participant-updated", update)
  .on("meeting-session-state-updated", update)
  .on("app-message", createInbox({ house, feed, reactions, cue, stageView, autopilot }))
  .on("nonfatal-error", ({ errorMsg, type }) => {
    if (type === "meeting-session-data-error") stage.giveUp();
    feed.fail(errorMsg);
  })
  .on("error", ({ errorMsg }) => feed.fail(errorMsg))
  .on("left-meeting", () => {
    open(false);
    update();
    say("You have left the room.");
  });

find("clear-stage", HTMLElement).addEventListener("click", () => stage.clear(house()));
find("hand", HTMLElement).prepend(icon("✋"));
find("hand", HTMLElement).addEventListener("click", () => hands.toggle().catch(feed.fail));
autopilotSwitch.checked = settings.isAuto;
autopilotSwitch.addEventListener("change", () => {
  autopilot.setOn(isJoined(call) && autopilotSwitch.checked);
});
document.title = `Live Q&A · ${settings.name}`;

call.join().catch((reason: unknown) => {
  say("Could not join the room.");
  feed.fail(reason);
});
