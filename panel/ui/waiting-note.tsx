import type { SessionUpdate } from "../../core/daily/merge";
import type { CallHistory } from "../../core/session/call-history";
import { plural } from "./format";

/** Says that writes of this page wait for the same sync as an update, and what that means for them. */
export function WaitingNote({
  session: { waiting },
  strategy,
}: {
  session: CallHistory["session"];
  strategy: SessionUpdate["strategy"];
}) {
  const queued = waiting.at(-1)?.waiting;
  if (!queued) return null;
  const isOne = waiting.length === 1;
  return (
    <p class="advice">
      {plural(waiting.length, "write")} of this page {isOne ? "waits" : "wait"} in the same window.{" "}
      {strategy === "replace"
        ? `This replace discards what ${isOne ? "it was" : "they were"} to set.`
        : queued.strategy === "replace"
          ? `${isOne ? "It is a replace" : "They are a replace together"}, so this goes out as part of one.`
          : "All of it goes out as one merge."}
    </p>
  );
}
