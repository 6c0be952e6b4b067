import { useEffect, useRef } from "preact/hooks";

import { listShortcuts } from "./shortcuts";

/** All keys of the panel. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // Or the button at its end takes the focus, and the list is scrolled to there.
    dialog.current?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="shortcuts"
      tabIndex={-1}
      aria-label="Keyboard shortcuts"
      onClose={onClose}
      // Or Escape would open the drawer of DevTools.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2>Keyboard shortcuts</h2>
      <div class="shortcuts__list">
        {listShortcuts().map(({ where, keys }) => (
          <section key={where}>
            <h3>{where}</h3>
            <dl>
              {keys.map(([key, means]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{means}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <form method="dialog">
        <button class="button">Close</button>
      </form>
    </dialog>
  );
}
