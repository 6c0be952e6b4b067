import type { ComponentChildren } from "preact";
import { Panel, PanelGroup, PanelResizeHandle } from "react-resizable-panels";

import { useNarrow } from "./use-narrow";

type Props = {
  /** Under which the sizes are remembered. */
  id: string;
  main: ComponentChildren;
  side: ComponentChildren;
  /** Share of the pane below at first, in percent. */
  sizeBelow?: number;
};

/** The table and, when there is one, a pane beside or below it. The sizes are remembered for each arrangement. */
export function SplitPane({ id, main, side, sizeBelow = 50 }: Props) {
  // Docked right, the details go under the table.
  const orientation = useNarrow() ? "vertical" : "horizontal";

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
