import { useRef } from "preact/hooks";

import { Icon } from "../ui/icons";

/** Asks for a file. */
export function ImportButton({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);

  function choose({ currentTarget }: { currentTarget: HTMLInputElement }): void {
    const file = currentTarget.files?.[0];
    if (file) onFile(file);
    currentTarget.value = ""; // So that the same file can be chosen again.
  }

  return (
    <>
      <button
        type="button"
        class="tool"
        aria-label="Import recording"
        title="Import recording: look at an exported file in place of the page, which continues in the background. A file can be dropped anywhere, too"
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" />
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label="Recording to import"
        onChange={choose}
      />
    </>
  );
}
