/**
 * What to write into the filter to see only what one sender sent, or only one type of message. As long as the filter
 * knows nothing but words, these are the words of the name: rows that mention it elsewhere pass as well.
 */
export function filterText(_key: "from" | "type", value: string): string {
  return value;
}
