export type BatchWindow = {
  /** Opens the window unless it is open. */
  open(): void;
  /** Closes the window without a flush. */
  readonly cancel: () => void;
};

/** A span of time that starts at the first `open()` and ends in one `flush()`, however often it was opened in the meantime. */
export function createBatchWindow(lengthMs: () => number, flush: () => void): BatchWindow {
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    open() {
      timer ??= setTimeout(() => {
        timer = undefined;
        flush();
      }, lengthMs());
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
