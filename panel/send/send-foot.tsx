import { measure } from "../../extension/protocol/payload";
import { checkJson } from "../../core/lib/check-json";
import { formatJson } from "../../core/lib/json-depth";
import { budgetOf } from "../../core/daily/limits";
import type { CallState } from "../../core/session/call-state";
import type { DraftAction } from "./draft-action";
import type { Draft, DraftKind } from "../session/draft";
import type { SendTarget } from "./send-target";
import type { SendStore } from "./send-store";
import { sendKindOf } from "./send-kinds";
import { SizeMeter } from "../ui/size-meter";

type Props = {
  store: SendStore;
  call: CallState;
  target: SendTarget;
  kind: DraftKind;
  draft: Draft;
  /** Undefined while it is still to be checked. */
  ready: DraftAction | undefined;
  blocked: string | undefined;
  onText: (text: string) => void;
  onBack: () => void;
  onClear: () => void;
  onSubmit: () => void;
};

/** How large it is, what can be done with the text, and the button that sends it, with the name of its call. */
export function SendFoot(props: Props) {
  const { store, call, target, kind, draft, ready, blocked, onText, onBack, onClear, onSubmit } =
    props;
  const { channel, verb } = sendKindOf(kind);
  // A sender who is still to be chosen does not change the size.
  const checked = ready && checkJson(draft.isRaw ? JSON.stringify(draft.text) : draft.text);
  const isJson = checked?.ok === true;
  const json = ready?.ok ? ready.json : isJson && JSON.stringify(checked.value);
  const payload = json ? { json, ...measure(json) } : undefined;
  const maxChars = channel === "app-message" ? call.maxAppMessageSize : undefined;
  const repeating = store.commands.repeating.value;

  return (
    <div class="send__foot">
      {payload && (
        <SizeMeter
          channel={channel}
          payload={payload}
          budget={budgetOf(channel, payload, maxChars)}
          hasLimit
        />
      )}
      {!draft.isRaw && (
        <button
          type="button"
          class="link-button"
          title="Puts every key on its own line; what is sent stays the same"
          disabled={!isJson}
          onClick={() => onText(formatJson(draft.text))}
        >
          Format
        </button>
      )}
      {kind === "set-user-data" && (
        <button
          type="button"
          class="link-button"
          title="call.setUserData(undefined). Undo is in Sent from this panel"
          disabled={blocked !== undefined}
          onClick={onClear}
        >
          Clear user data
        </button>
      )}
      {draft.typed && (
        <button
          type="button"
          class="link-button"
          title="Something else took its place; nothing of it is lost until you send"
          onClick={onBack}
        >
          Restore draft
        </button>
      )}
      <span class="send__go">
        <span
          class="send__target"
          title={`Through the call ${target.label}. Choose another in the toolbar.`}
        >
          through {target.label}
        </span>
        {repeating ? (
          <button
            type="button"
            class="button"
            title={`Sends no more of: ${repeating.what}`}
            onClick={() => store.commands.stop()}
          >
            Stop {repeating.what} ({repeating.done} of {repeating.times})
          </button>
        ) : (
          <button
            type="button"
            class="button button--main"
            disabled={blocked !== undefined || ready?.ok === false}
            title={`Ctrl+Enter, through ${target.label}`}
            onClick={onSubmit}
          >
            {verb}
          </button>
        )}
      </span>
    </div>
  );
}
