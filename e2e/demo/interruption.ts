/** Resolves when someone presses Ctrl+C or asks the process to end. From then on ending is up to the caller. */
export function watchForInterruption(): Promise<void> {
  return new Promise((resolve) => {
    // For good, not once: a second signal would end the process in the middle of its cleaning up.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
}
