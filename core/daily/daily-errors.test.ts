import { expect, test } from "vitest";

import { isDailysOwnMessage } from "./daily-errors";

test.each([
  "sendAppMessage() only supported after join.",
  "setMeetingSessionData only supported after join.",
  "setMeetingSessionData() is only available when joined",
  "setMeetingSessionData() is only supported on custom callObject instances",
  "Message data too large. Max size is 4096",
  "userData is too large (4097 characters). Maximum size suppported is 4096.",
  "Meeting session data is too large (102408 characters). Maximum size suppported is 102400.",
  "Meeting session data must be a plain (map-like) object",
  "Unrecognized mergeStrategy provided. Options are: [replace,shallow-merge]",
  "property 'userData': invalid userData type provided.",
])("%j is daily-js's own, and isn't with anything around it", (message) => {
  expect(isDailysOwnMessage(message)).toBe(true);
  expect(isDailysOwnMessage(`${message} Ada`)).toBe(false);
  expect(isDailysOwnMessage(`Ada: ${message}`)).toBe(false);
  expect(isDailysOwnMessage(`${message}\nAda`)).toBe(false);
});

test.each([
  "",
  "userData must be serializable to JSON: TypeError: Ada is circular",
  "Error setting user data: DataCloneError: function ada() {} could not be cloned.",
  "Cannot read properties of undefined (reading 'ada')",
])("%j may say something of the app", (message) => {
  expect(isDailysOwnMessage(message)).toBe(false);
});
