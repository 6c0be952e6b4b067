import { countText } from "../../lib/count-text";
import { DOCS_PAGES, type Rule } from "../rule";

/** Twice more than the time before is no chance any more. */
const REJOINS = 2;

/** Every join adds listeners to those of the join before. */
export const listenersGrowWithJoins: Rule = {
  id: "listeners-grow-with-joins",
  title: "Listeners grow with every join",
  level: "warning",
  why: "A call object keeps its listeners through leave() and join(). Code that adds them at every join makes each message count once more in every meeting.",
  advice: "Add listeners once, when the call object is made, or take them off at `left-meeting`.",
  docs: DOCS_PAGES.messagingEvents,
  code: `const call = Daily.createCallObject();\ncall.on("app-message", onMessage); // once, not in joinMeeting()`,
  tell: ({ key, most }) =>
    `${key} has ${countText(most)} listeners now; every join of this call object added some.`,
  start(report) {
    let join = 0;
    const seen = new Map<
      string,
      { join: number; listeners: number; growth: number; seqs: number[] }
    >();
    return {
      event({ event, channel, seq, at }) {
        if (event.kind !== "daily-event") return;
        if (event.name === "joined-meeting") join++;
        if (!channel || join === 0) return;
        const { name, listeners } = event;
        const before = seen.get(name);
        if (before?.join === join) return;
        const hasGrown = before !== undefined && listeners > before.listeners;
        const growth = hasGrown ? before.growth + 1 : 0;
        const seqs = hasGrown ? [...before.seqs.slice(-3), seq] : [seq];
        seen.set(name, { join, listeners, growth, seqs });
        if (growth >= REJOINS) report({ key: name, seqs, at, amount: listeners });
      },
    };
  },
  example: {
    fires: `
      0 joined Ada with Bob
      10 received {"type":"chat"} from Bob by 1
      20 leaves
      30 joined Ada with Bob
      40 received {"type":"chat"} from Bob by 2
      50 leaves
      60 joined Ada with Bob
      70 received {"type":"chat"} from Bob by 3`,
    passes: `
      0 joined Ada with Bob
      10 received {"type":"chat"} from Bob by 1
      20 leaves
      30 joined Ada with Bob
      40 received {"type":"chat"} from Bob by 2
      50 leaves
      60 joined Ada with Bob
      70 received {"type":"chat"} from Bob by 2`,
  },
};
