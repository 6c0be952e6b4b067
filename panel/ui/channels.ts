import type { RowChannel } from "../../core/session/event-view";

/** Short and full names of the channels, for toggles, cells and tooltips. */
export const CHANNELS: {
  readonly [C in RowChannel]: { readonly short: string; readonly title: string };
} = {
  "app-message": { short: "App", title: "App messages: sendAppMessage() and app-message" },
  "user-data": { short: "User", title: "User data: setUserData() and participant-updated" },
  "session-data": {
    short: "Session",
    title: "Meeting session data: setMeetingSessionData() and meeting-session-state-updated",
  },
  people: { short: "People", title: "Participants who join, change or leave" },
  call: { short: "Call", title: "The life of the call: joining, leaving, errors, network" },
};
