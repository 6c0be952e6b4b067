import type { Link } from "../../extension/link";
import type { Store } from "./store";
import type { OutOfReach } from "../../core/session/out-of-reach";

/** What the top document of the inspected page says of itself. */
export type PageLook = {
  /** Scheme, host and port, as in `https://app.example`; `file://` for local files. */
  readonly origin: string;
  readonly isLoading: boolean;
  /** Whether a hook of ours is there, of whatever version. */
  readonly hasHook: boolean;
};

type Options = {
  readonly link: Pick<Link, "askAccess" | "probe" | "tabId">;
  /** Looks at the page; undefined where the browser doesn't let an extension do that. */
  readonly look: () => Promise<PageLook | undefined>;
  readonly sink: Pick<Store, "outOfReach">;
  readonly later?: (run: () => void, delayMs: number) => unknown;
};

/** While a page is replaced by another there is none to look at, for a moment. */
const AGAIN_MS = 250;
const MAX_BLIND = 4;

/**
 * Finds out why nothing can come from the inspected page. Returns what to call when the panel opens and when the page was
 * replaced. What documents say themselves goes before: this only adds what a page without a working relay can't say.
 */
export function createReachCheck({ link, look, sink, later = setTimeout }: Options): () => void {
  let round = 0;

  async function reachOf(page: PageLook): Promise<OutOfReach | undefined> {
    const { isReached, isAllowed } = await link.askAccess(page.origin);
    if (isReached) return undefined;
    if (isAllowed) return { kind: page.hasHook ? "outdated" : "not-loaded" };
    const site = page.origin.replace(/^(?:https?|file):\/\//, "");
    return { kind: "not-allowed", site: site || "local files" };
  }

  async function check(mine: number, blind: number): Promise<void> {
    const page = await look();
    if (mine !== round) return;
    const again = (next: number) => void later(() => void check(mine, next), AGAIN_MS);
    if (!page && blind < MAX_BLIND) return again(blind + 1);
    try {
      const found: OutOfReach | undefined = page ? await reachOf(page) : { kind: "closed" };
      if (mine !== round) return;
      // What was asked when the panel opened may be lost where Firefox was just putting the event page to sleep.
      if (!found) link.probe(link.tabId);
      // Content scripts may be about to run.
      else if (page?.isLoading) again(blind);
      else sink.outOfReach.value ??= found;
    } catch {
      // The event page was asked in such a moment, too.
      if (blind < MAX_BLIND) again(blind + 1);
    }
  }

  return () => void check(++round, 0);
}
