// The app in the pictures of the guide. Its mistakes are the guide's examples.
const query = new URLSearchParams(location.search);
const call = window.Daily.createCallObject({
  url: `${location.origin}/${query.get("room")}`,
  userName: query.get("name"),
  dailyConfig: {
    callObjectBundleUrlOverride: `${location.origin}/call-machine-object-bundle.js`,
  },
});
window.call = call;
call.on("app-message", () => {});

const NOTES =
  "Ada opened with the roadmap, Bob asked about dates, and Cy wants a second round. ".repeat(4);

window.studio = {
  join: () => call.join(),
  hello() {
    try {
      call.sendAppMessage({ type: "hello", version: 3 });
    } catch {
      // As apps do.
    }
  },
  chat: (text) => call.sendAppMessage({ type: "chat", text }),
  whisper: (text, to) => call.sendAppMessage({ type: "chat", text }, to),
  shareNotes(pages) {
    try {
      const notes = Array.from({ length: pages }, (_, page) => ({ page, text: NOTES }));
      call.sendAppMessage({ type: "notes", notes, title: "Q&A" });
    } catch {
      // As apps do.
    }
  },
  react: (kind) => call.sendAppMessage({ type: "reaction", kind }),
  raiseHand: () => call.setUserData({ hand: Date.now(), role: "guest" }),
  setStage: (name) => call.setMeetingSessionData({ stage: name }, "shallow-merge"),
  setScore: (score) => call.setMeetingSessionData({ score }, "shallow-merge"),
  openPoll: (question) =>
    call.setMeetingSessionData({ poll: { question, isOpen: true } }, "shallow-merge"),
  startShow: (stage) => call.setMeetingSessionData({ stage, topic: "Launch" }, "replace"),
};
