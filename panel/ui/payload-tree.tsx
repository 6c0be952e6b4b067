import { useMemo } from "preact/hooks";

import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { RawText } from "./raw-text";
import { StateTree } from "./state-tree";

/** Above this many characters only the first level is open, so that one click cannot build thousands of nodes. */
const OPEN_CHARS = 8_192;

/** A payload as a tree; what is no object or array is written out. */
export function PayloadTree({ payload }: { payload: Payload }) {
  const parsed = useMemo(() => parsePayload(payload), [payload]);
  if (!parsed.ok) {
    return (
      <>
        <p class="problem">Can't be shown as a tree: {parsed.reason}.</p>
        {payload.json !== "" && <RawText text={payload.json} />}
      </>
    );
  }
  if (typeof parsed.value !== "object" || parsed.value === null)
    return <RawText text={payload.json} />;
  return <ValueTree value={parsed.value} openLevels={payload.chars > OPEN_CHARS ? 1 : 4} />;
}

/** Any object or array as a tree to read, its first levels open. */
export function ValueTree({ value, openLevels }: { value: object; openLevels: number }) {
  return <StateTree value={value} label="Payload" openLevels={openLevels} />;
}
