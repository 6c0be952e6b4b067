import { initiatorOf, parseStack, type StackFrame } from "../domain/stack";

type Props = { stack: string; onOpen: (place: StackFrame) => void };

/** The calls that led to this one, innermost first; a click opens the line in Sources. */
export function InitiatorView({ stack, onOpen }: Props) {
  const frames = parseStack(stack);
  const own = initiatorOf(frames);
  if (frames.length === 0) {
    return (
      <>
        <p class="problem">No frame of the stack names a script, so there is no line to open:</p>
        <pre class="raw">{stack}</pre>
      </>
    );
  }
  return (
    <ol class="stack" aria-label="Call stack">
      {frames.map((frame, index) => (
        <li
          key={index}
          class={frame.isLibrary ? "stack__library" : ""}
          aria-current={frame === own || undefined}
        >
          <span class="stack__function">{frame.functionName || "(anonymous)"}</span>{" "}
          <button
            type="button"
            class="link-button"
            title={`${frame.url}\nOpens the line in Sources${frame.isLibrary ? "\nBelongs to a library, as its address tells" : ""}`}
            onClick={() => onOpen(frame)}
          >
            {frame.url}:{frame.line}:{frame.column}
          </button>
        </li>
      ))}
    </ol>
  );
}
