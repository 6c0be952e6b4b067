import type { Message } from "./page/protocol";

export type ServerNotice = {
  /** Sends a message to everyone in the room. */
  send(message: Message): void;
  /** Gives up what is on its way. */
  stop(): Promise<void>;
};

/** A server of the app's own, which speaks to the room through Daily's REST API. */
export function createServerNotice(origin: string, roomName: string): ServerNotice {
  const abort = new AbortController();
  let last: Promise<void> = Promise.resolve();

  async function post(message: Message): Promise<void> {
    const response = await fetch(`${origin}/v1/rooms/${roomName}/send-app-message`, {
      method: "POST",
      // The local room takes any key. A real one belongs on a server, never into a page.
      headers: { authorization: "Bearer any-key", "content-type": "application/json" },
      body: JSON.stringify({ data: message, recipient: "*" }),
      signal: abort.signal,
    });
    if (!response.ok) throw new Error(`The room server answered ${response.status}.`);
  }

  return {
    send(message) {
      last = post(message).catch((reason: unknown) => {
        if (!abort.signal.aborted) console.error("The notice was not sent:", reason);
      });
    },
    async stop() {
      abort.abort();
      await last;
    },
  };
}
