/** Whether the panel can see what the inspected page does: `closed` where the browser keeps all extensions out. */
export type PageAccess = "open" | "closed";

/**
 * Tells it by the address of a page, which is empty where DevTools was not let in either: the browser's own pages, its
 * stores, and pages that did not load.
 */
export const accessOf = (url: string): PageAccess =>
  /^(https?|file|blob|data):/.test(url) ? "open" : "closed";
