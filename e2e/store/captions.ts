/** The screenshots of the listings, in their order: what each one tells. */
export const CAPTIONS = {
  "1-delivered": {
    title: "Did Bob get it?",
    text: "Daily gives no receipts, but the panel sees your other tabs: who received it, and whether their page listened.",
  },
  "2-room": {
    title: "What the room knows, and how it got there",
    text: "User data, session data and every version of it: what changed, when, by whom, and what a late joiner gets.",
  },
  "3-findings": {
    title: "What looks wrong, and what to do",
    text: "Rules check the traffic as it happens. Each finding says why it matters and shows the events behind it.",
  },
  "4-conversation": {
    title: "What the bot said, and what took so long",
    text: "RTVI, Vapi and Tavus as a conversation: function calls, interruptions and the time of each answer.",
  },
  "5-edit": {
    title: "Change the room, and watch what happens",
    text: "Write session data with a preview of the change. Send messages, resend any row, restore any version.",
  },
} as const;

export type ShotName = keyof typeof CAPTIONS;

/** What the tiles say under the name. */
export const TAGLINE =
  "App messages, user data and session data of your Daily call, live in DevTools";
