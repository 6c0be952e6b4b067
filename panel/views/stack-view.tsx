import { useState } from "preact/hooks";

import { copyOr } from "./copy-text";
import { initiatorOf, parseStack, type StackFrame } from "../domain/stack";

/** Opens a place in Sources, and says whether it could. Undefined where a panel can't at all: in Firefox. */
export type OpenSource = ((place: StackFrame) => Promise<boolean>) | undefined;

type Props = { stack: string; onOpen: OpenSource };

/** The calls that led to an event or an error, innermost first; a click opens the line in Sources. */
export function StackView({ stack, onOpen }: Props) {
  const [problem, setProblem] = useState<string>();
  const frames = parseStack(stack);
  const own = initiatorOf(frames);
  if (frames.length === 0) {
    return (
      <>
        <p class="problem">No source location available</p>
        <pre class="raw">{stack}</pre>
      </>
    );
  }
  const open = async (frame: StackFrame) => {
    setProblem((await onOpen?.(frame)) ? undefined : `Can't open ${frame.url} in Sources`);
  };
  const place = ({ url, line, column }: StackFrame) => `${url}:${line}:${column}`;
  return (
    <>
      <ol class="stack" aria-label="Call stack">
        {frames.map((frame, index) => (
          <li
            key={index}
            class={frame.isLibrary ? "stack__library" : ""}
            aria-current={frame === own || undefined}
          >
            <span class="stack__function">{frame.functionName || "(anonymous)"}</span>{" "}
            {onOpen ? (
              <button
                type="button"
                class="link-button"
                title={`${frame.url}\nOpens the line in Sources${frame.isLibrary ? "\nBelongs to a library, as its address tells" : ""}`}
                onClick={() => void open(frame)}
              >
                {place(frame)}
              </button>
            ) : (
              <span title="Firefox lets no panel open a source">{place(frame)}</span>
            )}
          </li>
        ))}
      </ol>
      {!onOpen && (
        <button
          type="button"
          class="link-button"
          onClick={() => void copyOr(frames.map(place).join("\n"), setProblem)}
        >
          Copy
        </button>
      )}
      {problem !== undefined && (
        <p class="problem" role="status">
          {problem}
        </p>
      )}
    </>
  );
}
