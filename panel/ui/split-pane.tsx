import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Panel, PanelGroup, PanelResizeHandle } from "react-resizable-panels";

type Props = {
  /** Under which the sizes are remembered. */
  id: string;
  main: ComponentChildren;
  side: ComponentChildren;
  /** Share of the pane below at first, in percent. */
  sizeBelow?: number;
};

/** Below this width (docked right) the details go under the table. */
const NARROW = "(max-width: 640px)";

/** The table and, when there is one, a pane beside or below it. The sizes are remembered for each arrangement. */
export function SplitPane({ id, main, side, sizeBelow = 50 }: Props) {
  const orientation = useMatches(NARROW) ? "vertical" : "horizontal";

  return (
    <PanelGroup
      key={orientation}
      className="split"
      direction={orientation}
      autoSaveId={`${id}-${orientation}`}
    >
      <Panel id="main" order={1} minSize={20}>
        {main}
      </Panel>
      {side && <PanelResizeHandle className="split__handle" aria-label="Resize the details" />}
      {side && (
        <Panel
          id="side"
          order={2}
          minSize={20}
          defaultSize={orientation === "vertical" ? sizeBelow : 36}
        >
          {side}
        </Panel>
      )}
    </PanelGroup>
  );
}

function useMatches(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const onChange = () => setMatches(list.matches);
    list.addEventListener("change", onChange);
    // It may have changed since it was first asked.
    onChange();
    return () => list.removeEventListener("change", onChange);
  }, [query]);
  return matches;
}
