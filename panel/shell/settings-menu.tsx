import { useEffect, useState } from "preact/hooks";

import { DEFAULT_LOG_LIMITS } from "../../core/session/session-log";
import type { AgentSetting } from "./agent-setting";
import type { Store } from "./store";
import type { Theme } from "./theme";
import { formatCount } from "../ui/format";
import { GuideLink } from "../ui/guide-link";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";
import { reachWords } from "../ui/out-of-reach";
import { Button, Check, Choice, LinkButton } from "../ui/controls";

const THEMES: readonly (readonly [Theme, string])[] = [
  ["devtools", "Same as DevTools"],
  ["light", "Light"],
  ["dark", "Dark"],
];

const MEBI = 1_048_576;
const EVENTS = [20_000, 50_000, 200_000, 500_000, 1_000_000];
const MEGABYTES = [32, 64, 128, 256];

type Props = { store: Store; onShortcuts: () => void; onSwitchOff: () => void };

/** What is kept from session to session. */
export function SettingsMenu({ store, onShortcuts, onSwitchOff }: Props) {
  const { theme, limits, preserveLog } = store;
  return (
    <Popover label="Settings" title="Settings" face={<Icon name="options" />}>
      {(close) => (
        <>
          <Choice
            legend="Theme"
            name="theme"
            options={THEMES}
            chosen={theme.value}
            onChoose={(chosen) => void (theme.value = chosen)}
          />
          <fieldset>
            <legend title="Past these, the oldest events are removed; the state they led to stays.">
              Keep at most
            </legend>
            <Limit
              label="Events to keep"
              unit="events"
              options={EVENTS.map((count) => [count, formatCount(count)])}
              chosen={limits.value.events}
              onChoose={(events) => void (limits.value = { ...limits.value, events })}
            />
            <Limit
              label="Payload text to keep"
              unit="characters of payloads"
              options={MEGABYTES.map((size) => [size * MEBI, `${size} million`])}
              chosen={limits.value.payloadChars}
              onChoose={(payloadChars) => void (limits.value = { ...limits.value, payloadChars })}
            />
            <Check
              title="Keep the events of a page that is reloaded or left"
              isOn={preserveLog.value}
              onChange={(isOn) => void (preserveLog.value = isOn)}
            >
              Preserve log
            </Check>
            <p>
              <LinkButton
                title="The theme of DevTools, and as much kept as at first"
                onClick={() => {
                  theme.value = "devtools";
                  limits.value = DEFAULT_LOG_LIMITS;
                }}
              >
                Restore defaults
              </LinkButton>
            </p>
          </fieldset>
          <TypePathSetting store={store} />
          {store.agentSetting && <AgentChoice setting={store.agentSetting} />}
          <SwitchOff
            store={store}
            onSwitchOff={() => {
              // The note about it is below the pane.
              close();
              onSwitchOff();
            }}
          />
          <p class="links">
            <GuideLink page="docs/index.html">Guide</GuideLink>
            <GuideLink page="CHANGELOG.html">What’s new</GuideLink>
            <LinkButton
              title="Keyboard shortcuts (?)"
              onClick={() => {
                close();
                onShortcuts();
              }}
            >
              Keyboard shortcuts
            </LinkButton>
          </p>
        </>
      )}
    </Popover>
  );
}

/** Stops all that the extension does in the page. */
function SwitchOff({ store, onSwitchOff }: { store: Store; onSwitchOff: () => void }) {
  const reach = store.outOfReach.value;
  return (
    <fieldset>
      <legend>This page</legend>
      <Button
        title="Stops capturing in all frames of this page and puts Daily's methods back. What was recorded stays in view"
        disabled={reach !== undefined}
        onClick={onSwitchOff}
      >
        Turn off until reload
      </Button>
      {reach && <p>{reachWords(reach).title}</p>}
      <p class="setting-note">
        <GuideLink page="docs/trust.html">What it adds to a page</GuideLink>
      </p>
    </fieldset>
  );
}

/** What coding agents may do. Looked up each time it is shown, because other windows share it. */
function AgentChoice({ setting }: { setting: AgentSetting }) {
  useEffect(() => setting.refresh(), [setting]);
  return (
    <fieldset>
      <legend>Coding agents</legend>
      <Check
        isOn={setting.isOn.value}
        title="Applies to all pages with a call"
        onChange={(isOn) => setting.set(isOn)}
      >
        Let coding agents send and set data
      </Check>
      <p class="setting-note">
        Agents that are connected to this browser can always read what a page’s own call does. With
        this on, they can also send app messages and set user data and session data.{" "}
        <GuideLink page="docs/agents.html">Learn more</GuideLink>
      </p>
    </fieldset>
  );
}

/** Where the app names the type of its own messages: as found in its traffic, or as the user says. */
function TypePathSetting({ store: { typePaths, shownCall } }: { store: Store }) {
  const place = typePaths.placeOf(shownCall());
  const [problem, setProblem] = useState<string | undefined>(undefined);
  if (!place) return null;
  const { origin, chosen, found, candidates, messages, named } = place;
  const isNowhere = chosen !== undefined && messages > 0 && named === 0;
  return (
    <fieldset>
      <legend
        title={`Where messages of ${origin} name their type. Chip, filter, statistics and findings follow. Messages of known protocols have their own`}
      >
        Type of messages is at
      </legend>
      <input
        class="type-path"
        type="text"
        aria-label={`Type of messages of ${origin} is at`}
        aria-invalid={problem !== undefined}
        aria-describedby="type-path-note"
        placeholder={found === undefined ? "msg.type or label+type" : `${found} (found)`}
        list="type-path-candidates"
        spellcheck={false}
        value={chosen ?? ""}
        // Once it is typed: `onChange` fires for each letter.
        onChangeCapture={({ currentTarget }) =>
          setProblem(typePaths.choose(origin, currentTarget.value))
        }
      />
      <datalist id="type-path-candidates">
        {candidates.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <p
        id="type-path-note"
        class={`type-path__note ${problem !== undefined || isNowhere ? "is-warning" : ""}`}
        role="status"
      >
        {problem ??
          (messages === 0
            ? "No messages of this app’s own yet"
            : chosen === undefined && found === undefined
              ? "No one place found: types are read from common fields"
              : `${formatCount(named)} of the latest ${formatCount(messages)} own messages have a type there`)}
      </p>
    </fieldset>
  );
}

/** How much is kept, chosen from a few numbers. */
const Limit = (props: {
  label: string;
  unit: string;
  options: readonly (readonly [value: number, text: string])[];
  chosen: number;
  onChoose: (value: number) => void;
}) => (
  <label class="setting">
    <select
      aria-label={props.label}
      value={props.chosen}
      onChange={({ currentTarget }) => props.onChoose(Number(currentTarget.value))}
    >
      {props.options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
    {props.unit}
  </label>
);
