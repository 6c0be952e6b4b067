import { useMemo } from "preact/hooks";
import { JsonView } from "react-json-view-lite";

import { parsePayload, type Payload } from "../../extension/protocol/payload";
import { RawText } from "./raw-text";

/** Above this many characters only the first level is open, so that one click cannot build thousands of nodes. */
const OPEN_CHARS = 8_192;

const STYLE = {
  container: "tree",
  basicChildStyle: "tree__node",
  childFieldsContainer: "tree__children",
  label: "tree__key",
  clickableLabel: "tree__key tree__key--open",
  nullValue: "tree__null",
  undefinedValue: "tree__null",
  numberValue: "tree__number",
  stringValue: "tree__string",
  booleanValue: "tree__boolean",
  otherValue: "tree__null",
  punctuation: "tree__punctuation",
  expandIcon: "tree__icon tree__icon--closed",
  collapseIcon: "tree__icon tree__icon--open",
  collapsedContent: "tree__collapsed",
  noQuotesForStringValues: false,
  quotesForFieldNames: false,
  stringifyStringValues: true,
  ariaLables: { collapseJson: "Collapse", expandJson: "Expand" },
};

/** A payload as a tree; what is no object or array is written out. */
export function PayloadTree({ payload }: { payload: Payload }) {
  const parsed = useMemo(() => parsePayload(payload), [payload]);
  if (!parsed.ok) {
    return (
      <>
        <p class="problem">Cannot be shown as a tree: {parsed.reason}.</p>
        {payload.json !== "" && <RawText text={payload.json} />}
      </>
    );
  }
  if (typeof parsed.value !== "object" || parsed.value === null)
    return <RawText text={payload.json} />;
  return <ValueTree value={parsed.value} openLevels={payload.chars > OPEN_CHARS ? 1 : 4} />;
}

/** Any object or array as a tree, its first levels open. */
export function ValueTree({ value, openLevels }: { value: object; openLevels: number }) {
  return (
    <JsonView
      data={value}
      style={STYLE}
      shouldExpandNode={(level) => level < openLevels}
      clickToExpandNode
      aria-label="Payload"
    />
  );
}
