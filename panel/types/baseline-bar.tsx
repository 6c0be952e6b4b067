import { useState } from "preact/hooks";

import { type Baseline, readBaseline, writeBaseline } from "../../core/contract/baseline";
import { decodeText } from "../../core/lib/decode-text";
import { type Advice, refusalText } from "../../core/lib/other-file";
import { FileLink, LinkButton } from "../ui/controls";
import { formatDate, plural } from "../ui/format";
import { Popover } from "../ui/popover";
import { saveFile } from "../ui/save-file";
import type { ShownTypes } from "./session-types";
import type { TypesStore } from "./types-store";

type Said = { readonly text: string; readonly isProblem: boolean; readonly undo?: () => void };

/** Bytes. Reading more takes long. */
const MAX_FILE = 60_000_000;

const ADVICE: Advice = {
  recording: ": import it with Import recording",
  snippets: ": import them in the Send tab",
  unknown: " that this panel exported",
};

/** Keeps what was learned as the baseline of the page's origin, and what else is done with one. */
export function BaselineBar({ store, shown }: { store: TypesStore; shown: ShownTypes }) {
  const { baselines, origin: page } = store.types;
  const [said, say] = useState<Said>();
  const origin = page.value;
  const baseline = store.types.baseline.value;
  if (store.session.value.source?.isMasked)
    return (
      <p class="types__note">
        This recording is masked: its types and words are placeholders, so there is no baseline.
      </p>
    );
  if (origin === undefined) return null;
  const others = baselines.list.value.filter((each) => each.origin !== origin);

  /** Keeps one, and offers the way back. */
  function keep(latest: Baseline, done: string): void {
    const undo = () => {
      if (baseline) baselines.keep(baseline);
      else if (origin !== undefined) baselines.clear(origin);
      say(undefined);
    };
    const problem = baselines.keep(latest);
    say({ text: problem ?? done, isProblem: problem !== undefined, undo });
  }

  async function importFile(file: File): Promise<void> {
    if (origin === undefined) return;
    const read =
      file.size > MAX_FILE
        ? ({ ok: false, reason: "The file is larger than any baseline." } as const)
        : readBaseline(decodeText(new Uint8Array(await file.arrayBuffer())));
    if (!read.ok)
      return say({ text: `Not imported. ${refusalText(read, ADVICE)}`, isProblem: true });
    const from = read.baseline.origin === origin ? "" : ` It was made on ${read.baseline.origin}.`;
    keep({ ...read.baseline, origin }, `Baseline imported.${from}`);
  }

  function clear(): void {
    if (!baseline) return;
    baselines.clear(baseline.origin);
    const undo = () => {
      baselines.keep(baseline);
      say(undefined);
    };
    say({ text: "Baseline cleared.", isProblem: false, undo });
  }

  return (
    <div class="baseline" role="group" aria-label="Baseline">
      <span class="types__dim" title={`Baselines are kept for each origin: ${origin}`}>
        {baseline
          ? `Compared with the baseline of ${formatDate(baseline.savedAt.toISOString())}, ${plural(baseline.contract.types.size, "type")}${baseline.isShortLived ? ", kept until the panel is closed" : ""}`
          : "No baseline for this page"}
      </span>
      <LinkButton
        disabled={!shown.isComplete || shown.values === 0}
        title={
          shown.values === 0
            ? "There are no types to keep yet"
            : `Keep these types for ${origin}. Later departures from them are listed here`
        }
        onClick={() =>
          keep({ contract: shown.contract, savedAt: new Date(), origin }, "Baseline kept.")
        }
      >
        {baseline ? "Replace baseline" : "Keep as baseline"}
      </LinkButton>
      {baseline && (
        <LinkButton
          title="Save the baseline as a file. No value of a message is in it but words of the protocol"
          onClick={() => save(baseline)}
        >
          Export…
        </LinkButton>
      )}
      <FileLink
        title={`Use a baseline from a file for ${origin}`}
        onFile={(file) => void importFile(file)}
      >
        Import…
      </FileLink>
      {baseline && (
        <LinkButton title={`Clear the baseline of ${origin}`} onClick={clear}>
          Clear
        </LinkButton>
      )}
      {others.length > 0 && (
        <Popover
          label={`Other pages (${others.length})`}
          title="Baselines that are kept for other origins"
          class="link-button"
          face={`Other pages (${others.length})`}
        >
          {() =>
            others.map((each) => (
              <button
                key={each.origin}
                type="button"
                class="popover__item"
                title={`Kept ${formatDate(each.savedAt)}`}
                onClick={() => baselines.clear(each.origin)}
              >
                Clear {each.origin}
              </button>
            ))
          }
        </Popover>
      )}
      {said && (
        <span role={said.isProblem ? "alert" : "status"} class={said.isProblem ? "is-warning" : ""}>
          {said.text}{" "}
          {said.undo && (
            <LinkButton title="Go back to the baseline as it was" onClick={said.undo}>
              Undo
            </LinkButton>
          )}
        </span>
      )}
    </div>
  );
}

function save(baseline: Baseline): void {
  const host = baseline.origin.replace(/^\w+:\/\//, "").replace(/[^\w.-]+/g, "-");
  const file = new Blob([writeBaseline(baseline)], { type: "application/json" });
  saveFile(`daily-baseline-${host}.json`, file);
}
