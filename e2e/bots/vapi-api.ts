import type { BrowserContext } from "@playwright/test";

/**
 * Stands in for Vapi's HTTP API, of which the client asks one thing: a call, which is a room that an assistant is in
 * (read in @vapi-ai/web 2.7.1). Answers with the room that is given here, whatever the assistant.
 */
export async function routeVapiApi(context: BrowserContext, roomUrl: string): Promise<void> {
  await context.route("https://api.vapi.ai/**", async (route) => {
    const isCall = new URL(route.request().url()).pathname === "/call/web";
    await route.fulfill({
      status: isCall ? 201 : 404,
      headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" },
      json: isCall ? { id: "call-of-the-test", webCallUrl: roomUrl } : { message: "Not found" },
    });
  });
}
