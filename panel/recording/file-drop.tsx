import { useEffect, useState } from "preact/hooks";

/** Takes a file that is dropped anywhere on the panel, and says so while one is held over it. */
export function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const holdsFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files");
    function onDragOver(event: DragEvent): void {
      if (!holdsFile(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setIsOver(true);
    }
    function onDragLeave(event: DragEvent): void {
      // Any other is from one element to the next.
      if (event.relatedTarget === null) setIsOver(false);
    }
    function onDrop(event: DragEvent): void {
      setIsOver(false);
      if (!holdsFile(event)) return;
      // Not opened by the browser in place of the panel, nor put into the editor.
      event.preventDefault();
      event.stopPropagation();
      const file = event.dataTransfer?.files[0];
      if (file) onFile(file);
    }
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    document.addEventListener("dragover", onDragOver, options);
    document.addEventListener("dragleave", onDragLeave, options);
    document.addEventListener("drop", onDrop, options);
    return () => listening.abort();
  }, [onFile]);

  if (!isOver) return null;
  return (
    <div class="file-drop" role="status">
      Drop a recording to look at it
    </div>
  );
}
