import { expect, test } from "vitest";

import type { PageEvent } from "../../extension/protocol/event";
import { type MeetingStatus, statusAfter } from "./meeting-status";

const base = { seq: 1, at: 1, callId: "c" };
const snapshot = (meetingState: string) =>
  ({
    ...base,
    kind: "call-snapshot",
    version: "",
    mode: "call-object",
    url: "",
    meetingState,
    participants: [],
  }) as PageEvent;
const emitted = (name: string) =>
  ({ ...base, kind: "daily-event", name, listeners: 0, handlerMs: 0 }) as unknown as PageEvent;

test.each<[PageEvent, MeetingStatus, MeetingStatus | undefined]>([
  [snapshot("joining-meeting"), "new", "joining"],
  [snapshot("joined-meeting"), "new", "joined"],
  [snapshot("left-meeting"), "joined", "left"],
  [snapshot("loaded"), "new", "new"],
  [emitted("joining-meeting"), "new", "joining"],
  [emitted("error"), "joined", "error"],
  [emitted("left-meeting"), "error", "error"],
  [emitted("left-meeting"), "joined", "left"],
  [emitted("call-instance-destroyed"), "left", "destroyed"],
  [emitted("app-message"), "joined", undefined],
])("%o", (event, before, after) => {
  expect(statusAfter(event, before)).toBe(after);
});
