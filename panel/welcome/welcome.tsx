import type { ReadonlySignal } from "@preact/signals";

import { Button, LinkButton } from "../ui/controls";
import { GuideLink } from "../ui/guide-link";
import { type ReachWords, reachWords } from "../ui/out-of-reach";
import type { OutOfReach } from "../../core/session/out-of-reach";
import "./welcome.css";

type Props = {
  reach: ReadonlySignal<OutOfReach | undefined>;
  onSample: () => void;
  onReload: () => void;
  onShortcuts: () => void;
};

/** What each channel is for, and what the panel tells of it. */
const CHANNELS = [
  {
    channel: "app-message",
    name: "App messages",
    method: "sendAppMessage()",
    scope: "One message, to everyone or to some",
    tells: "Did Bob get it, when, and what did his listeners do?",
  },
  {
    channel: "user-data",
    name: "User data",
    method: "setUserData()",
    scope: "What a participant says about themselves",
    tells: "Who has set what, and who has it by now?",
  },
  {
    channel: "session-data",
    name: "Session data",
    method: "setMeetingSessionData()",
    scope: "What everyone in the room shares",
    tells: "Which of your writes survived, and who changed the key after you?",
  },
] as const;

/** What the panel is for and what to do next, for as long as the page has no call. */
export function Welcome({ reach, onSample, onReload, onShortcuts }: Props) {
  const words = reach.value && reachWords(reach.value);
  return (
    <section class="welcome" aria-label="No call yet">
      <div class="welcome__page">
        <div class="welcome__lead">
          <h2>See what goes through your Daily call</h2>
          <Waiting words={words} />
          <p class="welcome__actions">
            <button
              type="button"
              class="button button--main"
              title="A live Q&A in two tabs, with six mistakes that the panel finds. It ships with the extension"
              onClick={onSample}
            >
              Open sample recording
            </button>
            {words?.isReloadOffered !== false && <Button onClick={onReload}>Reload page</Button>}
          </p>
          <p class="links">
            <GuideLink page="docs/index.html">Guide</GuideLink>
            <GuideLink page="docs/filter.html">Filters</GuideLink>
            <GuideLink page="docs/rules.html">Rules</GuideLink>
            <GuideLink page="docs/ci.html">Tests in CI</GuideLink>
            <LinkButton title="Keyboard shortcuts (?)" onClick={onShortcuts}>
              Keyboard shortcuts
            </LinkButton>
          </p>
          <p class="welcome__hint">To look at a recording, drop its file anywhere in this panel.</p>
        </div>
        <ul class="welcome__channels" aria-label="Channels">
          {CHANNELS.map(({ channel, name, method, scope, tells }) => (
            <li key={channel} class={`channel--${channel}`}>
              <h3>
                {name} <code>{method}</code>
              </h3>
              <p>{scope}</p>
              <p>{tells}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** What the panel waits for, or why nothing can come from this page. */
function Waiting({ words }: { words: ReachWords | undefined }) {
  if (words)
    return (
      <p role="status" class="welcome__state">
        <strong>{words.title}.</strong> {words.text}
      </p>
    );
  return (
    <p role="status" class="welcome__state">
      <strong>No Daily call on this page yet.</strong> Its traffic shows here as soon as the page
      creates a call object, in any frame. If the page was open before you installed the extension,
      reload it.
    </p>
  );
}
