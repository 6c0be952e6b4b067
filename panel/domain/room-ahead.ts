import { toPayload } from "../../extension/protocol/payload";
import { type Budget, budgetOf } from "./limits";
import { applyUpdate, type SessionData, type SessionUpdate } from "./merge";
import { dataOf, type SessionTracker } from "./session-tracker";

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
