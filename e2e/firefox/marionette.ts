import { connect, type Socket } from "node:net";

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };
type Answer = readonly [
  type: number,
  id: number,
  error: { readonly error: string; readonly message: string } | null,
  result: unknown,
];

export type Marionette = {
  /** Sends a command and returns its result; rejects with Firefox's own words. */
  send(name: string, parameters?: object): Promise<unknown>;
  close(): void;
};

/** Connects to Firefox's automation protocol: over TCP, each packet is `<bytes>:[0, id, name, parameters]`. */
export async function openMarionette(port: number): Promise<Marionette> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect(port, "127.0.0.1", () => resolve(opening));
    opening.once("error", reject);
  });
  const waiting = new Map<number, Waiting>();
  let buffered: Buffer = Buffer.alloc(0);
  let lastId = 0;

  socket.on("data", (data) => {
    buffered = Buffer.concat([buffered, data]);
    for (let packet = takePacket(); packet !== undefined; packet = takePacket()) {
      const answer: unknown = JSON.parse(packet);
      if (Array.isArray(answer)) settle(answer as unknown as Answer); // The greeting is an object.
    }
  });
  socket.on("error", () => {}); // `close` follows.
  socket.on("close", () => {
    for (const caller of waiting.values())
      caller.reject(new Error("Firefox closed the connection"));
    waiting.clear();
  });

  function takePacket(): string | undefined {
    const colon = buffered.indexOf(":");
    if (colon < 0) return undefined;
    const end = colon + 1 + Number(buffered.subarray(0, colon).toString());
    if (buffered.length < end) return undefined;
    const packet = buffered.subarray(colon + 1, end).toString();
    buffered = buffered.subarray(end);
    return packet;
  }

  function settle([, id, error, result]: Answer): void {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error) caller?.reject(new Error(`${error.error}: ${error.message}`));
    else caller?.resolve(result);
  }

  return {
    send(name, parameters = {}) {
      const id = ++lastId;
      const text = JSON.stringify([0, id, name, parameters]);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        socket.write(`${Buffer.byteLength(text)}:${text}`);
      });
    },
    close: () => void socket.destroy(),
  };
}
