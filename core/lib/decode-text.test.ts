import { expect, test } from "vitest";

import { decodeText } from "./decode-text";

const TEXT = '{"text":"Grüße, 日本 👋"}';

/** UTF-16 with its mark, as Windows writes it. */
function utf16(isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + TEXT.length * 2));
  for (const [place, unit] of [
    0xfeff,
    ...Array.from({ length: TEXT.length }, (_, at) => TEXT.charCodeAt(at)),
  ].entries())
    view.setUint16(place * 2, unit, isLittle);
  return new Uint8Array(view.buffer);
}

test.each([
  ["UTF-8", new TextEncoder().encode(TEXT)],
  ["UTF-8 with its mark", new TextEncoder().encode(`\ufeff${TEXT}`)],
  ["UTF-16, little endian", utf16(true)],
  ["UTF-16, big endian", utf16(false)],
])("%s is read", (_, bytes) => expect(decodeText(bytes)).toBe(TEXT));

test("an empty file is an empty text", () => expect(decodeText(new Uint8Array())).toBe(""));
