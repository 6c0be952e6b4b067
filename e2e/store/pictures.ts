/**
 * `npm run store:pictures`: the icons, screenshots and tiles of the listings in `store/`, and `docs/demo.webp`. With names
 * after it (`icons`, `shots`, `film`) only those.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { CAPTIONS, type ShotName } from "./captions";
import { withComposer } from "./compose";
import { drawIcons } from "./icons";
import { film } from "./film";
import { takeShots } from "./shots";

const STORE = new URL("../../store/pictures/", import.meta.url);
const FILM = new URL("../../docs/demo.webp", import.meta.url);

// Read by the browsers, which are started later.
process.env["FONTCONFIG_FILE"] = fileURLToPath(new URL("fonts.conf", import.meta.url));

async function save(name: string, picture: Buffer): Promise<void> {
  await writeFile(new URL(name, STORE), picture);
  console.log(`store/pictures/${name}`);
}

async function makeIcons(): Promise<void> {
  for (const [name, icon] of Object.entries(await drawIcons())) await save(name, icon);
}

async function makeShots(): Promise<void> {
  const shots = await takeShots();
  await withComposer(async (composer) => {
    for (const name of Object.keys(CAPTIONS) as ShotName[])
      await save(`${name}.png`, await composer.screenshot(name, shots[name]));
    await save("tile-440x280.png", await composer.smallTile());
    await save("tile-1400x560.png", await composer.largeTile(shots.sequence));
  });
}

async function makeFilm(): Promise<void> {
  await writeFile(FILM, await withComposer(film));
  console.log("docs/demo.webp");
}

const PARTS = { icons: makeIcons, shots: makeShots, film: makeFilm };
const asked = process.argv.slice(2);
await mkdir(STORE, { recursive: true });
for (const [name, make] of Object.entries(PARTS))
  if (asked.length === 0 || asked.includes(name)) await make();
