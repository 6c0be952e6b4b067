/** Mistakes that apps make, for the sample recording. Runs before the page's own script, whose `call` it uses. */
import type { DailyCall } from "@daily-co/daily-js";

const NOTES = "The host's notes, sent as one message. ";

/** Does what throws in daily-js, and what an app without a `try` would never hear of. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // As intended.
  }
}

/** Asks before anyone can be asked. */
function askTooEarly(call: DailyCall): void {
  attempt(() => call.sendAppMessage({ kind: "question", text: "Can you all hear me?" }));
}

/** Expects options that the poll of the host doesn't have. */
function showPoll({ data }: { data: { kind?: string; options?: readonly string[] } }): void {
  if (data.kind === "poll") document.title = (data.options as readonly string[]).join(" or ");
}

let ofPage: DailyCall;
Object.defineProperty(window, "call", {
  get: () => ofPage,
  set(call: DailyCall) {
    ofPage = call;
    const isHost = new URLSearchParams(location.search).get("host") !== "0";
    if (isHost) askTooEarly(call);
    else call.on("app-message", showPoll);
  },
});

window.sins = {
  sendPoll: () => call().sendAppMessage({ kind: "poll", text: "Tea or coffee?" }),
  sendNotes: () => attempt(() => call().sendAppMessage({ kind: "notes", text: NOTES.repeat(120) })),
  sendToOldId: () =>
    call().sendAppMessage(
      { kind: "cue", action: "unmute" },
      "0f0e0d0c-0000-4000-8000-000000000000",
    ),
  countVotes() {
    for (let votes = 1; votes <= 5; votes++)
      call().setMeetingSessionData({ poll: { votes } }, "shallow-merge");
  },
  askAgain: () => call().sendAppMessage({ kind: "question", text: "Did this reach you?" }),
};

const call = () => ofPage;
