import type { FromRoom, JoinRequest, ToRoom } from "../wire";

export type RoomConnection = {
  readonly send: (message: ToRoom) => void;
  readonly close: () => void;
};

/** Where a join URL leads: the room server speaks WebSocket at the address of the room itself. */
function socketUrl(roomUrl: string): string {
  const url = new URL(roomUrl, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.search = "";
  url.hash = "";
  return url.href;
}

/** Connects to a room and joins it. `onClose` is called once, unless it was closed from this side. */
export function connectToRoom(
  roomUrl: string,
  request: JoinRequest,
  onMessage: (message: FromRoom) => void,
  onClose: () => void,
): RoomConnection {
  const socket = new WebSocket(socketUrl(roomUrl));
  const send = (message: ToRoom): void => {
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.addEventListener("open", () => send(message), { once: true });
    } else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  send({ action: "join", ...request });
  socket.onmessage = ({ data }) => onMessage(JSON.parse(String(data)) as FromRoom);
  socket.onclose = onClose;

  return {
    send,
    close() {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    },
  };
}
