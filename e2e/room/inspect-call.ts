import type { Page } from "@playwright/test";

/** The session id of the page's call. */
export const sessionId = (page: Page) =>
  page.evaluate(() => window.call.participants().local.session_id);

/** The app messages that the page got, without the envelope. */
export const received = (page: Page) =>
  page.evaluate(() => window.received.map(({ data, fromId }) => ({ data, fromId })));

/** The session data that the page knows. */
export const sessionData = (page: Page) =>
  page.evaluate(() => window.call.meetingSessionState().data as unknown);

/** The user data that the page knows, by user name. */
export const userData = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries(
      Object.values(window.call.participants()).map((each) => [each.user_name, each.userData]),
    ),
  );
