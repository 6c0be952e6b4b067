import type { OutOfReach } from "../../core/session/out-of-reach";

/** What a view says of a page that is out of reach, and whether a reload is the way out or a part of it. */
export type ReachWords = {
  readonly title: string;
  readonly text: string;
  readonly isReloadOffered: boolean;
};

const FIXED: {
  readonly [K in Exclude<OutOfReach["kind"], "not-allowed">]: ReachWords;
} = {
  off: {
    title: "Off on this page",
    text: "To turn it on again, reload the page.",
    isReloadOffered: true,
  },
  outdated: {
    title: "Reload this page after the update",
    text: "The page was loaded before the extension was updated or reloaded, and still has the earlier version.",
    isReloadOffered: true,
  },
  "not-loaded": {
    title: "Not running in this page",
    text: "The extension isn't in this page. If the page was opened before the extension was installed, turned on or allowed here, reload the page.",
    isReloadOffered: true,
  },
  closed: {
    title: "Extensions can't run on this page",
    text: "The browser keeps extensions out of its own pages, its store and blank pages, and out of local files unless you turn on Allow access to file URLs in the extension's details.",
    isReloadOffered: false,
  },
};

/** What to say of a page that is out of reach. */
export const reachWords = (reach: OutOfReach): ReachWords =>
  reach.kind === "not-allowed"
    ? {
        title: `No access to ${reach.site}`,
        text: "The browser doesn't let the extension run on this site. In the browser's Extensions menu, allow Inspector for Daily on this site, then reload the page.",
        isReloadOffered: true,
      }
    : FIXED[reach.kind];
