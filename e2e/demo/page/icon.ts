/** Pictures for what would be an emoji: drawn here, because not every machine has a font for them. */
const SHAPES: Readonly<Record<string, readonly (readonly [path: string, fill: string])[]>> = {
  "✋": [
    [
      "M8 12V5.5a1.3 1.3 0 0 1 2.6 0V10h.4V3.8a1.3 1.3 0 0 1 2.6 0V10h.4V4.8a1.3 1.3 0 0 1 2.6 0v6h.4V7.3a1.3 1.3 0 0 1 2.6 0V15c0 4.200-2.600 7-6.400 7-3 0-4.700-1.200-6.200-3.600L3.400 13.700c-.9-1.500.9-2.700 2.100-1.500z",
      "#f6b73c",
    ],
  ],
  "👏": [
    [
      "M6.200 13.400 4.900 8.600a1.200 1.200 0 0 1 2.300-.6l1 3.400.4-.1-1.700-6a1.200 1.200 0 0 1 2.300-.6l1.700 5.900.4-.1-1.500-5.200a1.200 1.200 0 0 1 2.300-.6l1.600 5.700.4-.1-.8-3a1.200 1.200 0 0 1 2.300-.6l2 7.100c1 3.600-.4 6.300-3.500 7.200-2.700.8-4.800-.1-6.500-2.300l-3.500-3.700c-1-1.200.4-2.700 1.700-1.900z",
      "#f6b73c",
    ],
    [
      "M18.600 2.200l.9-1.700 1 .5-.9 1.700zM20.500 5l1.900-.7.4 1-1.900.7zM15.600 2.600l-.3-2 1.100-.1.300 2z",
      "#e8892b",
    ],
  ],
  "❤️": [
    [
      "M12 21C5.500 16 2.500 12.600 2.500 8.700A5 5 0 0 1 12 6.500a5 5 0 0 1 9.500 2.200c0 3.900-3 7.300-9.500 12.300z",
      "#e5484d",
    ],
  ],
  "🎉": [
    ["M2.500 21.500 8 7.500l8.500 8.500z", "#f6b73c"],
    ["M5.600 13.600l4.800 4.800-3.300 1.300-2.800-2.800z", "#e8892b"],
    ["M12 8.500c2-1.500 2.500-3.500 1.500-6l1.600-.5c1.200 3.300.3 6-2 7.700z", "#8b5cf6"],
    [
      "M14.500 12c2.200-2.200 4.700-2.800 7.500-1.800l-.6 1.500c-2.200-.8-4.100-.3-5.800 1.400z",
      "#2f9e6e",
    ],
    [
      "M18 4.500h2.200v2.200H18zM16.500 17h2v2h-2zM7 3.500h2v2H7zM20.500 14h1.800v1.800h-1.800z",
      "#e5484d",
    ],
  ],
  "😂": [
    ["M12 2.500a9.500 9.500 0 1 1 0 19 9.500 9.500 0 0 1 0-19z", "#f6b73c"],
    ["M6.500 12.500h11c0 3.700-2.300 6.200-5.500 6.200s-5.500-2.500-5.500-6.200z", "#6b3a12"],
    [
      "M6 9.800c.6-2.200 3.200-2.200 3.800 0l-1.100.3c-.3-1-1.300-1-1.600 0zM14.200 9.800c.6-2.200 3.200-2.200 3.800 0l-1.100.3c-.3-1-1.300-1-1.600 0z",
      "#6b3a12",
    ],
    [
      "M5 10.500c1.500 1.600 1 3.500-.8 3.500s-2-1.800.8-3.500zM19 10.500c2.800 1.700 2.600 3.500.8 3.500s-2.300-1.900-.8-3.500z",
      "#4aa3df",
    ],
  ],
};

const SVG = "http://www.w3.org/2000/svg";

/** The picture for an emoji, hidden from assistive technology: what shows it gives it a name. */
export function icon(emoji: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  for (const [path, fill] of SHAPES[emoji] ?? []) {
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", path);
    shape.setAttribute("fill", fill);
    svg.append(shape);
  }
  return svg;
}
