import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { valueAt } from "../../core/lib/value-at";
import { MAX_VALUE_TEXT, placeOf, proposalOf, type ValueEdit } from "./value-edit";
import { BoundedInput } from "../ui/bounded-input";

const MAX_KEY = 1_000;
/** No limit of Daily's has room for a longer text as one value that somebody typed without quotes. */
const MAX_AS_TEXT = 4_096;

type Props = {
  edit: ValueEdit;
  onChange: (edit: ValueEdit) => void;
  onCancel: () => void;
  /** What others did to the state meanwhile, and what the edit will send; under the fields. */
  children: ComponentChildren;
};

/** The fields of an edit, over the value that it is about. Enter shows what it will send, Escape lets go of it. */
export function ValueEditor({ edit, onChange, onCancel, children }: Props) {
  const fields = useRef<HTMLDivElement>(null);
  const { kind, key, text, isProposed } = edit;
  const proposal = proposalOf(edit);
  const needsKey = kind === "add" && !Array.isArray(valueAt(edit.base, edit.path));
  const problem = proposal.ok ? undefined : proposal;
  const place = placeOf(edit) || "all of it";
  const change = (part: Partial<ValueEdit>) => onChange({ ...edit, ...part, isProposed: false });
  // A problem while it is still being typed would only be in the way; Enter asks for it.
  const isProblemShown = isProposed && problem !== undefined;

  useEffect(() => {
    const first = fields.current?.querySelector("input");
    first?.focus();
    first?.select();
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    // The tree's own keys mean something else in here, and DevTools would open its drawer on Escape.
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      onCancel();
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      onChange({ ...edit, isProposed: true });
    }
  }

  return (
    <div
      ref={fields}
      class="value-editor"
      role="group"
      aria-label={`Edit of ${place}`}
      onKeyDown={onKeyDown}
    >
      {needsKey && (
        <BoundedInput
          max={MAX_KEY}
          class="field"
          aria-label="New key"
          placeholder="key"
          title="The name of the key, as it is: no quotes"
          value={key}
          isInvalid={isProblemShown && problem.field === "key"}
          onText={(typed) => change({ key: typed })}
        />
      )}
      {kind !== "remove" && (
        <BoundedInput
          max={MAX_VALUE_TEXT}
          instead="Send has an editor for long texts."
          class="field value-editor__value"
          aria-label={kind === "add" ? "New value" : `Value of ${place}`}
          title="JSON: texts need their quotes. Enter shows what will be sent, Escape cancels"
          value={text}
          isInvalid={isProblemShown && problem.field === "value"}
          onText={(typed) => change({ text: typed })}
        />
      )}
      {!isProposed && (
        <button
          type="button"
          class="link-button"
          title="Shows what will be sent (Enter)"
          onClick={() => onChange({ ...edit, isProposed: true })}
        >
          Preview
        </button>
      )}
      {(!isProposed || isProblemShown) && (
        <button
          type="button"
          class="link-button"
          title="Lets go of the edit (Escape). Nothing has been sent"
          onClick={onCancel}
        >
          Cancel
        </button>
      )}
      {isProblemShown && (
        <p class="is-warning" role="alert">
          {problem.reason}
          {problem.field === "value" && looksLikeText(text) && (
            <>
              {" "}
              <button
                type="button"
                class="link-button"
                title="Puts quotes around it"
                onClick={() => onChange({ ...edit, text: JSON.stringify(text) })}
              >
                Use it as text: {JSON.stringify(text.slice(0, 30))}
              </button>
            </>
          )}
        </p>
      )}
      {children}
    </div>
  );
}

/** Whether somebody may have left out the quotes. */
const looksLikeText = (text: string): boolean =>
  text.trim() !== "" && text.length <= MAX_AS_TEXT && !/^\s*["[{\d-]/.test(text);
