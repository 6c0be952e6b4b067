/** Resolves when somebody presses Ctrl+C or asks the process to end; call it after the browser has started. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      // Playwright would end the process before the browser's profile and the server are cleaned up.
      process.removeAllListeners(signal);
      process.once(signal, () => resolve());
    }
  });
}
