import { DEFAULT_LOG_LIMITS } from "../../core/session/session-log";
import type { Store } from "./store";
import type { Theme } from "./theme";
import { formatCount } from "../ui/format";
import { Icon } from "../ui/icons";
import { Popover } from "../ui/popover";

const THEMES: readonly { theme: Theme; label: string }[] = [
  { theme: "devtools", label: "Same as DevTools" },
  { theme: "light", label: "Light" },
  { theme: "dark", label: "Dark" },
];

const MEBI = 1_048_576;
const EVENTS = [20_000, 50_000, 200_000, 500_000, 1_000_000];
const MEGABYTES = [32, 64, 128, 256];

/** What is kept from session to session. */
export function SettingsMenu({ store }: { store: Store }) {
  const { theme, limits, preserveLog } = store;
  const { events, payloadChars } = limits.value;
  return (
    <Popover label="Settings" title="Settings" face={<Icon name="options" />}>
      {() => (
        <>
          <fieldset>
            <legend>Theme</legend>
            {THEMES.map((each) => (
              <label key={each.theme} class="check">
                <input
                  type="radio"
                  name="theme"
                  checked={theme.value === each.theme}
                  onChange={() => void (theme.value = each.theme)}
                />
                {each.label}
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend title="Past these, the oldest events are removed; the state they led to stays.">
              Keep at most
            </legend>
            <label class="setting">
              <select
                aria-label="Events to keep"
                value={events}
                onChange={({ currentTarget }) =>
                  void (limits.value = { ...limits.value, events: Number(currentTarget.value) })
                }
              >
                {EVENTS.map((count) => (
                  <option key={count} value={count}>
                    {formatCount(count)}
                  </option>
                ))}
              </select>
              events
            </label>
            <label class="setting">
              <select
                aria-label="Payload text to keep"
                value={payloadChars}
                onChange={({ currentTarget }) =>
                  void (limits.value = {
                    ...limits.value,
                    payloadChars: Number(currentTarget.value),
                  })
                }
              >
                {MEGABYTES.map((size) => (
                  <option key={size} value={size * MEBI}>
                    {size} million
                  </option>
                ))}
              </select>
              characters of payloads
            </label>
          </fieldset>
          <label class="check" title="Keep the events of a page that is reloaded or left">
            <input
              type="checkbox"
              checked={preserveLog.value}
              onChange={({ currentTarget }) => void (preserveLog.value = currentTarget.checked)}
            />
            Preserve log
          </label>
          <p>
            <button
              type="button"
              class="link-button"
              onClick={() => {
                theme.value = "devtools";
                limits.value = DEFAULT_LOG_LIMITS;
              }}
            >
              Restore defaults
            </button>
          </p>
        </>
      )}
    </Popover>
  );
}
