import { toPayload } from "../../extension/protocol/payload";
import { type Difference, differences } from "../../core/lib/paths";
import { plural } from "./format";

const SIGNS = { added: "+", changed: "~", removed: "−" } as const;
const MAX_SHOWN = 200;
const MAX_VALUE = 300;

/** What differs between two JSON values, one line each. */
export function DiffView({ before, after }: { before: unknown; after: unknown }) {
  const all = differences(before, after);
  if (all.length === 0) return <p class="problem">No difference.</p>;
  return (
    <>
      <ul class="diff" aria-label="Differences">
        {all.slice(0, MAX_SHOWN).map((each) => (
          <Line key={`${each.kind} ${each.path}`} {...each} />
        ))}
      </ul>
      {all.length > MAX_SHOWN && (
        <p class="problem">and {plural(all.length - MAX_SHOWN, "more difference")}</p>
      )}
    </>
  );
}

function Line({ kind, path, before, after }: Difference) {
  return (
    <li class={`diff__line diff__line--${kind}`}>
      <span class="diff__sign" title={kind}>
        {SIGNS[kind]}
      </span>
      <span class="diff__path">{path || "(whole value)"}</span>{" "}
      {kind !== "added" && <del>{text(before)}</del>}
      {kind === "changed" && " → "}
      {kind !== "removed" && <ins>{text(after)}</ins>}
    </li>
  );
}

function text(value: unknown): string {
  const json = toPayload(value).json || "undefined";
  return json.length > MAX_VALUE ? `${json.slice(0, MAX_VALUE)}…` : json;
}
