// What daily-js says when it refuses a call, by its message: the only thing that its errors differ in.

/** daily-js 0.54 and later throw the first; the second is the word of 0.40 to 0.55. */
const NOT_JOINED = /only supported after join|only available when joined/;

/** Whether a call was refused because it had not joined, or no more. */
export const isNotJoinedError = (message: string): boolean => NOT_JOINED.test(message);

/** Whether a call was refused because Prebuilt has no session data. */
export const isPrebuiltError = (message: string): boolean =>
  /only supported on custom callObject/.test(message);

const METHOD = String.raw`(?:sendAppMessage|setUserData|setMeetingSessionData)(?:\(\))?`;
const TOO_LARGE = String.raw`is too large \(\d+ characters\)\. Maximum size suppp?orted is \d+`;

/** Full messages of daily-js 0.92.2 and before, with nothing but sizes in them. */
const OWN_WORDS = new RegExp(
  `^(?:${[
    `${METHOD} (?:is )?(?:${NOT_JOINED.source})`,
    `${METHOD} is only supported on custom callObject instances`,
    String.raw`Message data too large\. Max size is \d+`,
    `userData ${TOO_LARGE}`,
    `Meeting session data ${TOO_LARGE}`,
    String.raw`Meeting session data must be a plain \(map-like\) object`,
    String.raw`Unrecognized mergeStrategy provided\. Options are: \[replace,shallow-merge\]`,
    `property 'userData': invalid userData type provided`,
  ].join("|")})\\.?$`,
);

/** Whether a message is all daily-js's own words, so that nothing of the app or its users is in it. */
export const isDailysOwnMessage = (message: string): boolean => OWN_WORDS.test(message);
