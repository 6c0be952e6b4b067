/**
 * The local room server: stands in for Daily's network, so that tests and the demo run the real daily-js without an
 * account. Serves the call machine that daily-js downloads, and is the room that the machine connects to.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { answer, PAGES } from "./http";
import type { Handler, Mount } from "./http";
import { createRoom } from "./room";
import type { Room } from "./room";
import { DEFAULT_SETTINGS } from "./room-settings";
import type { RoomSettings } from "./room-settings";
import { acceptSockets } from "./sockets";

export type RoomServer = {
  /** `http://127.0.0.1:<port>`, without a slash at the end. The URL of a room is `<origin>/<name>`. */
  readonly origin: string;
  /** May be changed at any time. A call machine keeps what it was told when it joined. */
  readonly settings: RoomSettings;
  /** The room of that name. Every name is a room. */
  room(name: string): Room;
  /** Mounts a directory (TypeScript is bundled on request) or a handler below a path. Later mounts go first. */
  serve(pathPrefix: string, content: string | Handler): void;
  close(): Promise<void>;
};

/** Starts a room server on this machine only. */
export async function startRoomServer(settings: Partial<RoomSettings> = {}): Promise<RoomServer> {
  const current: RoomSettings = { ...DEFAULT_SETTINGS, ...settings };
  const rooms = new Map<string, Room>();
  const mounts: Mount[] = [PAGES];

  function room(name: string): Room {
    const found = rooms.get(name) ?? createRoom(name, () => current);
    rooms.set(name, found);
    return found;
  }

  const server = createServer((request, response) => {
    answer(request, response, mounts, room).catch((error: unknown) => {
      console.error(`${request.method} ${request.url}`, error);
      response.destroy();
    });
  });
  const sockets = acceptSockets(server, room);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(current.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    settings: current,
    room,
    serve(pathPrefix, content) {
      mounts.unshift({ pathPrefix, content });
    },
    async close() {
      sockets.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
