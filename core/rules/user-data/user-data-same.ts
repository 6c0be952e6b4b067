import { gathering } from "../gathering";
import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

const TIMES = 3;

/** The same user data again and again. */
export const userDataSame: Rule = {
  id: "user-data-same",
  title: "The same user data set again",
  level: "info",
  why: "A value equal to the one before makes no `participant-updated`: no one is told. Code that waits for the event waits for ever.",
  advice: "Set it when it has changed; in React, check what the effect depends on.",
  docs: DOCS_PAGES.setUserData,
  tell: ({ count }) => `${howMany(count, "call")} with the value that was there already.`,
  start(report, { userData }) {
    const gather = gathering(report, { times: TIMES });
    return {
      decided({ seq, at }) {
        if (userData.writes.get(seq)?.fate.kind !== "silent") return;
        gather({ key: "setUserData", seqs: [seq], at });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada having {"x":1} with Bob
      10 user-data {"x":1}
      11 settles 2 resolved object
      2000 user-data {"x":1}
      2001 settles 4 resolved object
      4000 user-data {"x":1}
      4001 settles 6 resolved object`,
    passes: `
      0 joined Ada having {"x":1} with Bob
      10 user-data {"x":1}
      11 settles 2 resolved object
      2000 user-data {"x":2}
      2001 settles 4 resolved object`,
  },
};
