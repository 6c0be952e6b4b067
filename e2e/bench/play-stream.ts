import { messageAt, senderAt, type StreamMessage } from "./stream";

export type Load = {
  readonly name: string;
  readonly messages: number;
  /** Messages a second; undefined sends them all at once. */
  readonly perSecond?: number;
};

/** Sends a load from this process, and resolves when the last message has been handed over. */
export async function playStream(
  { messages, perSecond }: Load,
  send: (message: StreamMessage, sender: number) => void,
): Promise<void> {
  const start = performance.now();
  let sent = 0;
  while (sent < messages) {
    const due =
      perSecond === undefined ? messages : ((performance.now() - start) / 1000) * perSecond;
    for (; sent < Math.min(due, messages); sent++) send(messageAt(sent), senderAt(sent));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
