import type { Server } from "node:http";

import { WebSocketServer } from "ws";

import type { Room } from "./room";
import type { ToRoom } from "./wire";

/** Lets call machines into rooms: a WebSocket to the URL of a room is one participant. */
export function acceptSockets(server: Server, room: (name: string) => Room): { close(): void } {
  const sockets = new WebSocketServer({ server });

  sockets.on("connection", (socket, request) => {
    const name = decodeURIComponent(new URL(request.url ?? "/", "http://room.invalid").pathname);
    const connection = room(name.slice(1)).connect((message) =>
      socket.send(JSON.stringify(message)),
    );
    socket.on("message", (data) => {
      const text = (data as Buffer).toString("utf8");
      connection.receive(JSON.parse(text) as ToRoom);
    });
    socket.on("close", () => connection.disconnect());
  });

  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
