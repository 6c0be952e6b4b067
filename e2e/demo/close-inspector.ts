import { setTimeout as wait } from "node:timers/promises";

import type { Inspector } from "../inspector";

const ATTEMPTS = 20;

/** Closes the browser. One that its user has closed may write to its profile for a moment more, so this may take a while. */
export async function closeInspector(inspector: Inspector): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inspector.close();
    } catch (error) {
      const isInUse = (error as NodeJS.ErrnoException).code === "ENOTEMPTY";
      if (!isInUse || attempt === ATTEMPTS) throw error;
    }
    await wait(100);
  }
}
