import { howMany } from "../how-many";
import { DOCS_PAGES, type Rule } from "../rule";

/** `join({ userData })` after setUserData(). */
export const joinOverwritesUserData: Rule = {
  id: "join-overwrites-user-data",
  title: "The join overwrote the user data that was set",
  level: "warning",
  why: "Before a call, setUserData() stores its value for the join. `join({ userData })` takes the place of it, and no one ever sees what was set.",
  advice: "Give user data in one place: in the options, or with setUserData() after the join.",
  docs: DOCS_PAGES.setUserData,
  code: `await call.join({ url });\nawait call.setUserData(userData);`,
  tell: ({ count }) => `${howMany(count, "stored value")} lost at a join.`,
  start(report, { userData }) {
    let stored: number | undefined;
    return {
      event({ event, call, phase, seq, at }) {
        if (call?.method === "setUserData" && phase !== "joined") stored = seq;
        if (event.kind !== "daily-event" || event.name !== "joined-meeting") return;
        const own = event.participants.find(({ participant }) => participant.local)?.payload;
        const fate = stored === undefined ? undefined : userData.writes.get(stored)?.fate;
        if (stored !== undefined && own && fate?.kind === "stored" && fate.isReplaced)
          report({ key: "join", seqs: [stored, seq], at });
        stored = undefined;
      },
    };
  },
  example: {
    fires: `
      0 created
      10 user-data {"hand":"up"}
      11 settles 2 resolved undefined
      20 joined Ada having {"role":"host"} with Bob`,
    passes: `
      0 created
      10 user-data {"hand":"up"}
      11 settles 2 resolved undefined
      20 joined Ada having {"hand":"up"} with Bob`,
  },
};
