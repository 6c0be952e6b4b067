import type { CommandAction } from "../../extension/protocol/command";
import { keyNames } from "../../core/lib/key-names";
import { applyUpdate } from "../../core/daily/merge";
import { roomAhead } from "../../core/daily/room-ahead";
import { dataOf } from "../../core/daily/session-tracker";
import { conflictsIn } from "../../core/daily/three-way";
import type { CallHistory } from "../../core/session/call-history";

/**
 * Why a call of the page, the one with this number, is not made again without a look at what it would do: it would go
 * over what was written since.
 */
export function whyNotAtOnce(
  seq: number,
  action: CommandAction,
  { session }: CallHistory,
): string | undefined {
  if (action.kind !== "set-meeting-session-data") return undefined;
  if (action.mergeStrategy === "replace")
    return "A replace can drop what others wrote since: Edit and resend shows what it would do.";
  const write = session.writes.get(seq);
  if (!write) return undefined;
  const room = dataOf(write.base);
  const before = write.before ? applyUpdate(room, write.before) : room;
  const changed = conflictsIn({ base: before, mine: write.update, theirs: roomAhead(session) });
  if (changed.length === 0) return undefined;
  return `${keyNames(changed)} changed since: use Edit and resend, which shows what will happen.`;
}
