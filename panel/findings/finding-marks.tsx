import { batch } from "@preact/signals";

import { LinkButton } from "../ui/controls";
import type { Finding } from "../../core/rules/finding";
import type { Entry } from "../../core/session/session-log";
import { formatCount, plural } from "../ui/format";
import type { FindingsStore } from "./findings-store";
import "./finding-marks.css";

/** How many findings are not muted, beside the name of their tab; where nothing is wrong, how many hints. */
export function FindingsCount({ store }: { store: FindingsStore }) {
  const open = store.findings.open.value;
  const wrong = open.filter(({ rule }) => rule.level !== "info");
  const hints = open.length - wrong.length;
  if (open.length === 0) return null;
  const isError = wrong.some(({ rule }) => rule.level === "error");
  const said = [
    wrong.length > 0 && plural(wrong.length, "finding"),
    hints > 0 && plural(hints, "hint"),
  ];
  return (
    <span class={`findings-count ${isError ? "findings-count--error" : ""}`}>
      <span aria-hidden="true">
        {wrong.length > 0 && <span class="findings-count__sign">⚠ </span>}
        {wrong.length > 0 && formatCount(wrong.length)}
        {wrong.length === 0 && <span class="findings-count__hints">{formatCount(hints)}</span>}
      </span>
      <span class="visually-hidden">, {said.filter(Boolean).join(" and ")}</span>
    </span>
  );
}

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
          <LinkButton
            title="Show why it matters and what to do, in Findings"
            onClick={() => show(finding)}
          >
            Finding: {finding.rule.title}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
