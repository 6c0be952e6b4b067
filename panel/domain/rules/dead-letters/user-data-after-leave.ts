import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** User data that was set when the call was over. */
export const userDataAfterLeave: Rule = {
  id: "user-data-after-leave",
  title: "User data set after the call had left",
  level: "info",
  why: "Outside of a call setUserData() resolves at once, but only stores the value: it goes out with the next join of the same call object, and to nobody before that.",
  advice: "Set user data while the call is joined, or give it to the next `join({ userData })`.",
  docs: DOCS_PAGES.setUserData,
  tell: ({ count }) =>
    `${howMany(count, "value")} set after the call had left, and stored for a next join only.`,
  start: (report, { userData }) => ({
    decided({ call, phase, seq, at }) {
      if (call?.method !== "setUserData" || phase !== "left") return;
      const fate = userData.writes.get(seq)?.fate;
      if (fate?.kind === "stored" && fate.by === undefined)
        report({ key: "setUserData", seqs: [seq], at });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 leaves
      20 user-data {"hand":"down"}
      21 settles 3 resolved undefined`,
    passes: `
      0 created
      10 user-data {"hand":"down"}
      11 settles 2 resolved undefined
      20 joined Ada having {"hand":"down"} with Bob`,
  },
};
