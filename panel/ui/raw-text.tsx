import { useState } from "preact/hooks";

import { formatCount } from "./format";

/** A browser lays out so much text at once without a pause; the rest comes on demand. */
const SHOWN_CHARS = 50_000;

/** Text as it is, never interpreted. */
export function RawText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isCut = !isWhole && text.length > SHOWN_CHARS;
  if (text === "") return <p class="problem">There is no JSON text.</p>;
  return (
    <>
      <pre class="raw">{isCut ? text.slice(0, SHOWN_CHARS) : text}</pre>
      {isCut && (
        <button type="button" class="button" onClick={() => setWhole(true)}>
          Show all {formatCount(text.length)} characters
        </button>
      )}
    </>
  );
}
