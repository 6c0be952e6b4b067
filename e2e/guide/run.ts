/**
 * `npm run pictures`: takes the pictures of the guide, each from the real panel on a real call in the local room.
 * `npm run pictures -- writes bot` takes those of some scenes only.
 */
import { fileURLToPath } from "node:url";

import { launchInspector } from "../inspector";
import { routeDefaultBundle } from "../room/route-default-bundle";
import { startRoomServer } from "../room/server";
import { SCENES } from "./scenes";

/** CSS pixels. GitHub shows it a little smaller; two device pixels for each keep it sharp. */
const WIDTH = 1000;

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SCENES));
if (unknown.length > 0)
  throw new Error(
    `No scene is called ${unknown.join(", ")}. There are ${Object.keys(SCENES).join(", ")}.`,
  );

for (const [name, { height, play }] of Object.entries(SCENES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const server = await startRoomServer();
  server.serve("/guide/", fileURLToPath(new URL("page", import.meta.url)));
  server.serve("/demo/", fileURLToPath(new URL("../demo/page", import.meta.url)));
  const inspector = await launchInspector({
    dock: "undocked",
    window: { width: WIDTH, height },
    scale: 2,
  });
  try {
    await routeDefaultBundle(inspector.context, server);
    await play({ inspector, server, room: server.room(name) });
  } finally {
    await inspector.close();
    await server.close();
  }
}
