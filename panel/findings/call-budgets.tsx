import type { Payload } from "../../extension/protocol/payload";
import { budgetOf, type DataChannel, LIMITS } from "../../core/daily/limits";
import type { FindingsStore } from "./findings-store";
import { formatCount } from "../ui/format";
import { SizeMeter } from "../ui/size-meter";

/** How much of Daily's limits the shown call uses right now. */
export function CallBudgets({ store }: { store: FindingsStore }) {
  const call = store.shownCall();
  if (!call) return null;
  const { people, session } = call.history;
  const own = people.people.get(people.localId() ?? "")?.versions.at(-1)?.payload;
  const maxMessage = call.maxAppMessageSize ?? LIMITS["app-message"].maxChars;
  return (
    <section class="card" aria-label="Budgets">
      <h2 title="Of the chosen call, or the latest">Limits</h2>
      <dl class="facts">
        <dt>App message</dt>
        <dd title={LIMITS["app-message"].source}>
          up to {formatCount(maxMessage)} characters each
          {call.maxAppMessageSize === undefined && " (daily-js’s default)"}
        </dd>
        <dt>Own user data</dt>
        <dd>{own ? <Used channel="user-data" payload={own} /> : "none set"}</dd>
        <dt>Session data</dt>
        <dd>
          {session.versions.at(-1) ? (
            <Used channel="session-data" payload={session.versions.at(-1)?.payload as Payload} />
          ) : (
            "none seen"
          )}
        </dd>
      </dl>
    </section>
  );
}

function Used({ channel, payload }: { channel: DataChannel; payload: Payload }) {
  return (
    <SizeMeter channel={channel} payload={payload} budget={budgetOf(channel, payload)} hasLimit />
  );
}
