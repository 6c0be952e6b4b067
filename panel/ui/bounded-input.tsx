import { useState } from "preact/hooks";

import { formatCount } from "./format";

type Props = {
  /** So many characters fit. */
  max: number;
  /** Where longer texts belong, as a sentence. */
  instead?: string;
  class: string;
  "aria-label": string;
  title: string;
  placeholder?: string;
  value: string;
  isInvalid?: boolean;
  onText: (text: string) => void;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
};

/** An input that leaves out what is too long to be meant for it: laying out megabytes in one line takes seconds. */
export function BoundedInput({ max, instead = "", isInvalid, onText, ...props }: Props) {
  const [length, setLength] = useState(0);
  function guard(event: Event, data: DataTransfer | null): void {
    const pasted = data?.getData("text/plain").length ?? 0;
    setLength(pasted > max ? pasted : 0);
    if (pasted > max) event.preventDefault();
  }
  return (
    <>
      <input
        {...props}
        spellcheck={false}
        aria-invalid={isInvalid === true}
        onInput={({ currentTarget }) => {
          setLength(0);
          onText(currentTarget.value);
        }}
        maxLength={max}
        onPaste={(event) => guard(event, event.clipboardData)}
        onDrop={(event) => guard(event, event.dataTransfer)}
      />
      {length > 0 && (
        <span class="is-warning" role="status">
          {formatCount(length)} characters are too long for this field ({formatCount(max)} fit), so
          they were left out. {instead}
        </span>
      )}
    </>
  );
}
