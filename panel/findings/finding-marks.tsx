import { batch } from "@preact/signals";

import type { Finding } from "../../core/rules/finding";
import type { Entry } from "../../core/session/session-log";
import type { FindingsStore } from "./findings-store";
import "./marks.css";

/** What was found about an event, with a way to the findings. */
export function FindingMarks({ store, entry: { event } }: { store: FindingsStore; entry: Entry }) {
  const found = store.findings.ofEvent(event.callId, event.seq);
  if (found.length === 0) return null;

  function show(finding: Finding): void {
    batch(() => {
      store.findings.look.goTo(finding);
      store.tab.value = "findings";
    });
  }

  return (
    <ul class="finding-marks" aria-label="Findings about this event">
      {found.map((finding) => (
        <li key={finding.id} class={`finding--${finding.rule.level}`}>
          <button
            type="button"
            class="link-button"
            title="Show why it matters and what to do, in Findings"
            onClick={() => show(finding)}
          >
            Finding: {finding.rule.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
