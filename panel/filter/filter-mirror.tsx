import { useLayoutEffect, useRef } from "preact/hooks";

import type { FilterProblem } from "../../core/filter/language/filter-keys";

type Props = { text: string; problems: readonly FilterProblem[]; scrollLeft: number };

/** Lies behind the box with the same text, unseen, and underlines what is not understood. */
export function FilterMirror({ text, problems, scrollLeft }: Props) {
  const mirror = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (mirror.current) mirror.current.scrollLeft = scrollLeft;
  });
  if (problems.length === 0) return null;
  return (
    <div class="filter__mirror" aria-hidden="true" ref={mirror}>
      {problems.map(({ from, to }, index) => (
        <>
          {text.slice(problems[index - 1]?.to ?? 0, from)}
          <u class="filter__wrong">{text.slice(from, to)}</u>
        </>
      ))}
      {text.slice(problems.at(-1)?.to)}
    </div>
  );
}
