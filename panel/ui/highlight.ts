/** What says of itself that a text is looked for in it: rows in sight and the details. */
const PLACES = "[data-findable]";
const MAX_RANGES = 1_000;

/**
 * Marks a text wherever it is on screen, and keeps doing so while things change, until the function that it returns
 * is called. The browser paints the marks: nothing is added to the page. An older browser shows none.
 */
export function highlight(text: string): (() => void) | undefined {
  const registry = "highlights" in CSS ? CSS.highlights : undefined;
  if (!registry) return undefined;
  const wanted = text.toLowerCase();
  let frame = 0;

  function mark(): void {
    frame = 0;
    const ranges: Range[] = [];
    for (const place of document.querySelectorAll(PLACES)) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const content = (node.nodeValue ?? "").toLowerCase();
        for (let at = content.indexOf(wanted); at >= 0; at = content.indexOf(wanted, at + 1)) {
          if (ranges.length >= MAX_RANGES) break;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, Math.min(at + wanted.length, node.nodeValue?.length ?? 0));
          ranges.push(range);
        }
      }
    }
    registry?.set("found", new Highlight(...ranges));
  }

  const later = () => void (frame ||= requestAnimationFrame(mark));
  const observer = new MutationObserver(later);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  later();
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    registry.delete("found");
  };
}
