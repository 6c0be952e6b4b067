import { fileURLToPath } from "node:url";

import sharp from "sharp";

const SVG = fileURLToPath(new URL("../../icons/icon.svg", import.meta.url));
const SVG_WIDTH = 128;
/** To how many of these pixels an SVG is drawn by default, per inch. */
const SVG_DENSITY = 72;

/**
 * Size of a picture and of the drawing in it, in pixels; the rest is transparent. The Chrome Web Store asks for an icon of
 * 96 pixels in a picture of 128, and the drawing has a margin of its own: 116 of its 128 pixels are the icon.
 */
const ICONS = {
  "icon-128.png": { size: 128, drawing: 106 },
  "icon-300.png": { size: 300, drawing: 300 },
  "icon-64.png": { size: 64, drawing: 64 },
  "icon-32.png": { size: 32, drawing: 32 },
} as const;

/** The icons that the listings want, as PNG by file name. */
export async function drawIcons(): Promise<Readonly<Record<string, Buffer>>> {
  const icons: Record<string, Buffer> = {};
  for (const [name, { size, drawing }] of Object.entries(ICONS)) {
    const margin = (size - drawing) / 2;
    icons[name] = await sharp(SVG, { density: (SVG_DENSITY * drawing) / SVG_WIDTH })
      .resize(drawing, drawing)
      .extend({
        top: margin,
        bottom: margin,
        left: margin,
        right: margin,
        background: "transparent",
      })
      .png({ compressionLevel: 9 })
      .toBuffer();
  }
  return icons;
}
