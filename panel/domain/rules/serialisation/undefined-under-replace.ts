import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** `undefined` given to a replace, where it means nothing. */
export const undefinedUnderReplace: Rule = {
  id: "undefined-under-replace",
  title: "A key set to undefined in a replace",
  level: "info",
  why: "Only a shallow merge deletes a key that is set to `undefined`. In a replace the key just disappears from the data, as does every other key that is not given.",
  advice: "To delete one key and keep the others, use `shallow-merge`.",
  docs: DOCS_PAGES.setMeetingSessionData,
  code: `call.setMeetingSessionData({ poll: undefined }, "shallow-merge");`,
  tell: ({ count, paths }) => `${howMany(count, "write")}: ${paths.join(", ")}.`,
  start: (report) => ({
    event({ call, seq, at }) {
      if (call?.method !== "setMeetingSessionData" || call.outcome === "threw") return;
      const isMerge = call.mergeStrategy === "shallow-merge";
      const keys = call.keysToDelete ?? [];
      if (!isMerge && keys.length > 0) report({ key: "replace", seqs: [seq], at, paths: keys });
    },
  }),
  example: {
    fires: `
      0 joined Ada with Bob
      10 session-data replace {"a":1} without poll`,
    passes: `
      0 joined Ada with Bob
      10 session-data shallow-merge {"a":1} without poll`,
  },
};
