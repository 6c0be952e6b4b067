/** A page with the real daily-js that only counts what arrives, and sends when it is told to: ?room=qa, with &turns=name by `/turns/` */

import { messageAt } from "../stream";

const FLUSH_MS = 50;

declare global {
  interface Window {
    bench: {
      /** Resolves when so many app messages have arrived since the page was opened. */
      arrived(count: number): Promise<void>;
      /** Sends app messages in one go. Returns the milliseconds that it took, once their consequences are over. */
      timeSends(calls: number): Promise<number>;
      /** Sends so many messages of the stream to someone, so many a second. Resolves when all are sent. */
      stream(messages: number, perSecond: number, to: string): Promise<void>;
    };
  }
}

const parameters = new URLSearchParams(location.search);
const { origin } = location;
const call = window.Daily!.createCallObject({
  url: `${origin}/${parameters.get("room")}`,
  userName: "Me",
  dailyConfig: { bundlePathOverride: origin },
});
window.call = call;

let count = 0;
let wanted = Infinity;
let resolveWanted = (): void => undefined;
call.on("app-message", () => {
  if (++count >= wanted) resolveWanted();
});

/** What was posted to this window so far has been taken, and whatever waits for a moment of quiet has run. */
async function settled(): Promise<void> {
  await new Promise<void>((resolve) => {
    const onMessage = ({ data }: MessageEvent): void => {
      if (data !== "settled") return;
      removeEventListener("message", onMessage);
      resolve();
    };
    addEventListener("message", onMessage);
    postMessage("settled");
  });
  await new Promise((resolve) => setTimeout(resolve, FLUSH_MS * 2));
}

window.bench = {
  arrived: (messages) =>
    new Promise((resolve) => {
      wanted = messages;
      resolveWanted = resolve;
      if (count >= wanted) resolve();
    }),
  async timeSends(calls) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) call.sendAppMessage({ kind: "cursor", x: i, y: 2 * i });
    const ms = performance.now() - start;
    await settled();
    return ms;
  },
  async stream(messages, perSecond, to) {
    const start = performance.now();
    for (let sent = 0; sent < messages;) {
      const due = Math.min(messages, ((performance.now() - start) / 1000) * perSecond);
      for (; sent < due; sent++) call.sendAppMessage(messageAt(sent), to);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
};

async function takeTurns(name: string): Promise<void> {
  for (;;) {
    const response = await fetch(`/turns/turn?of=${name}`);
    const ms = await window.bench.timeSends((await response.json()) as number);
    await fetch(`/turns/done?of=${name}`, { method: "POST", body: String(ms) });
  }
}

async function start(): Promise<void> {
  await call.join();
  const turns = parameters.get("turns");
  if (turns !== null) await takeTurns(turns);
}
void start();
