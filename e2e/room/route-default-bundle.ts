import type { BrowserContext } from "@playwright/test";

import type { RoomServer } from "./server";

/**
 * Lets daily-js find the stand-in where it looks by default, so that a page needs no override: answers every request to
 * Daily's bundle host with the call machine of the local room.
 */
export async function routeDefaultBundle(
  context: BrowserContext,
  server: Pick<RoomServer, "origin">,
): Promise<void> {
  const url = `${server.origin}/call-machine-object-bundle.js`;
  // A connection that is kept may be closed just then by the server, which keeps it for seconds.
  await context.route("https://c.daily.co/**", async (route) => {
    await route.fulfill({ response: await route.fetch({ url, maxRetries: 1 }) });
  });
}
