import { useState } from "preact/hooks";

import { checkJson } from "../domain/check-json";
import { pathText } from "../domain/diff";
import { leafPaths, valueAt, withValueAt } from "../domain/leaf-paths";
import type { SessionData } from "../domain/merge";

type Props = {
  data: SessionData;
  /** Gets the whole data with the one value changed, to be looked at before it is sent. */
  onEdit: (data: unknown) => void;
};

/** Changes one value of the session data; only its top-level key will be sent. */
export function ValueEditor({ data, onEdit }: Props) {
  const paths = leafPaths(data);
  const [chosen, choose] = useState("");
  const [text, setText] = useState("");
  const path = paths.find((each) => pathText(each) === chosen);
  const checked = checkJson(text);
  if (Object.keys(data).length === 0) return null;

  return (
    <p class="snippets">
      <select
        class="field"
        aria-label="Value to edit"
        value={path ? chosen : ""}
        onChange={({ currentTarget }) => {
          choose(currentTarget.value);
          const at = paths.find((each) => pathText(each) === currentTarget.value);
          setText(at ? JSON.stringify(valueAt(data, at)) : "");
        }}
      >
        <option value="">Edit one value…</option>
        {paths.map((each) => (
          <option key={pathText(each)}>{pathText(each)}</option>
        ))}
      </select>
      {path && (
        <>
          <input
            class="field"
            aria-label="New value"
            title="A JSON value: texts need their quotes"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          <button
            type="button"
            class="link-button"
            disabled={!checked.ok}
            title={
              checked.ok
                ? "Shows what it will change, before it is sent"
                : checked.problems[0]?.message
            }
            onClick={() => checked.ok && onEdit(withValueAt(data, path, checked.value))}
          >
            Preview
          </button>
        </>
      )}
    </p>
  );
}
