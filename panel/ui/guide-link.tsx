import type { ComponentChildren } from "preact";

/** A page of the guide, which ships with the extension (`scripts/guide-pages.ts`), in a tab of its own: `docs/filter.html`. */
export const GuideLink = ({ page, children }: { page: string; children: ComponentChildren }) => (
  <a
    class="link-button"
    href={`/${page}`}
    target="_blank"
    rel="noreferrer"
    title="Opens in a new tab"
  >
    {children}
  </a>
);
