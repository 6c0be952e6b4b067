import { toPayload } from "../../extension/protocol/payload";
import { countText } from "../lib/texts";
import { type Budget, budgetOf } from "./limits";
import { applyUpdate, type SessionData, type SessionUpdate } from "./merge";
import { dataOf, type SessionTracker } from "./session-tracker";

/** What the room says to a merged total above the limit, before it does; undefined when it fits. */
export function whyTooFull({ level, chars, maxChars }: Budget): string | undefined {
  if (level !== "over") return undefined;
  const size = `${countText(chars)} of ${countText(maxChars)} characters`;
  return `Daily will not take this: the room would hold ${size} (documented).`;
}

type Session = Pick<SessionTracker, "versions" | "waiting">;

/** The room's data once the writes of this page that wait for a sync went out: the room as it is when none does. */
export function roomAhead({ versions, waiting }: Session): SessionData {
  const current = dataOf(versions.at(-1));
  const queued = waiting.at(-1)?.waiting;
  return queued ? applyUpdate(current, queued) : current;
}

/** The room's data before and after one more update, what waits included, and how full the room is then. */
export function roomAfter(
  session: Session,
  update: SessionUpdate,
): { readonly before: SessionData; readonly after: SessionData; readonly budget: Budget } {
  const before = roomAhead(session);
  const after = applyUpdate(before, update);
  return { before, after, budget: budgetOf("session-data", toPayload(after)) };
}
