const PIECE_BYTES = 8 * 1_048_576;

/** The text of a file, piece by piece; undefined when it is not UTF-8. Rejects when the file cannot be read. */
export async function readText(
  file: Blob,
  onBytes: (bytes: number) => void,
): Promise<string | undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = await file.slice(at, at + PIECE_BYTES).arrayBuffer();
    const isLast = at + PIECE_BYTES >= file.size;
    try {
      text += decoder.decode(piece, { stream: !isLast });
    } catch {
      return undefined;
    }
    onBytes(Math.min(file.size, at + PIECE_BYTES));
  }
  return text;
}
