import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** So many within so long are more than someone who changes their mind. Our own choice. */
const TIMES = 5;
const WITHIN_MS = 10_000;

/** User data that changes faster than it spreads. */
export const userDataChurn: Rule = {
  id: "user-data-churn",
  title: "User data changes faster than it spreads",
  level: "warning",
  why: "User data is rate limited with eventual consistency (documented, without a number): everyone ends on the same value, but values that are replaced at once are probably seen by no one.",
  advice: "Set it when the change is done. What must be seen every time is an app message.",
  docs: DOCS_PAGES.setUserData,
  code: `call.sendAppMessage({ type: "cursor", x, y });\nonRest(() => call.setUserData({ cursor: { x, y } }));`,
  tell: ({ count }) => `${howMany(count, "value")} replaced within a second of being set.`,
  start(report, { userData }) {
    const gather = gathering(report, { times: TIMES, withinMs: WITHIN_MS });
    return {
      decided({ seq, at }) {
        if (userData.writes.get(seq)?.replacedAfterMs === undefined) return;
        gather({ key: "setUserData", seqs: [seq], at });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 user-data {"x":1}
      11 settles 2 resolved object
      20 user-data {"x":2}
      21 settles 4 resolved object
      30 user-data {"x":3}
      31 settles 6 resolved object
      40 user-data {"x":4}
      41 settles 8 resolved object
      50 user-data {"x":5}
      51 settles 10 resolved object
      60 user-data {"x":6}
      61 settles 12 resolved object`,
    passes: `
      0 joined Ada with Bob
      10 user-data {"x":1}
      11 settles 2 resolved object
      20 user-data {"x":2}
      21 settles 4 resolved object`,
  },
};
