import { Note } from "../ui/controls";
import { GuideLink } from "../ui/guide-link";
import { NEWS, type WhatsNew } from "./whats-new";

/** One line after an update, until it is closed. */
export function WhatsNewBar({ news }: { news: WhatsNew }) {
  const version = news.version.value;
  if (version === undefined) return null;
  return (
    <Note role="status" isQuiet onClose={() => news.close()}>
      <span>
        Updated to {version}
        {version === NEWS.version && `: ${NEWS.words}`} ·{" "}
        <GuideLink page={`CHANGELOG.html#${version.replaceAll(".", "")}`}>What’s new</GuideLink>
      </span>
    </Note>
  );
}
