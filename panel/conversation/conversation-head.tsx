import { useState } from "preact/hooks";

import { MIN_FOR_PERCENTILES } from "../../core/lib/distribution";
import { callLabels } from "../../core/session/call-list";
import { Button } from "../ui/controls";
import { copyText, NOT_COPIED } from "../ui/copy-text";
import { formatCount, plural } from "../ui/format";
import { Popover } from "../ui/popover";
import { saveFile } from "../ui/save-file";
import type { ShownConversation } from "./conversation-state";
import type { ConversationStore } from "./conversation-store";
import {
  legName,
  PROTOCOL_NAMES,
  toMarkdown,
  totalText,
  toText,
} from "../../core/conversation/conversation-text";

type Props = { store: ConversationStore; shown: ShownConversation };

/** Whose conversation it is, how long answers took, and ways to take it elsewhere. */
export function Head({ store, shown }: Props) {
  const { conversation, items } = shown;
  const id = conversation.protocol() ?? "";
  const version = conversation.version();
  const turns = items.filter(({ kind }) => kind === "turn").length;
  const removed = conversation.removed();
  return (
    <div class="talk__head">
      <strong title="The protocol that tells the conversation, and the version that bot and client agreed on">
        {PROTOCOL_NAMES[id] ?? id} {version}
      </strong>
      <CallChoice store={store} shown={shown} />
      <span
        class="talk__count"
        title={`Turns that are shown${removed > 0 ? `. ${plural(removed, "older turn")} removed with their events to save memory; times count them` : ""}`}
      >
        {plural(turns, "turn")}
        {removed > 0 && `, ${formatCount(removed)} removed`}
      </span>
      <Totals shown={shown} />
      <Take store={store} shown={shown} />
    </div>
  );
}

/** Which call it is, where there are several. */
function CallChoice({ store, shown }: Props) {
  const { calls, filter, conversations, isLive } = store;
  if (calls.value.length < 2) return null;
  const ids = conversations.callIds.value;
  const labelOf = callLabels(calls.value, isLive.value ? "label" : "name");
  const listed = calls.value.flatMap((call) =>
    ids.includes(call.callId) ? [{ callId: call.callId, label: labelOf(call) }] : [],
  );
  if (listed.length === 1)
    return (
      <span class="talk__call-name cut" title="The call of this conversation">
        {listed[0]?.label}
      </span>
    );
  return (
    <select
      class="talk__choice"
      aria-label="Call of the conversation"
      title="The call whose conversation is shown"
      value={shown.callId}
      onChange={({ currentTarget }) =>
        void (filter.value = { ...filter.value, callId: currentTarget.value })
      }
    >
      {listed.map(({ callId, label }) => (
        <option key={callId} value={callId}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Totals({ shown: { conversation } }: Pick<Props, "shown">) {
  const totals = conversation.totals();
  if (totals.length === 0) return null;
  return (
    <dl class="talk__totals">
      {totals.map((total) => (
        <div
          key={legName(total)}
          title={
            total.count < MIN_FOR_PERCENTILES
              ? `From ${legName(total)} in ${plural(total.count, "turn")}. Percentiles from ${MIN_FOR_PERCENTILES} turns on`
              : `From ${legName(total)}: half of ${formatCount(total.count)} turns took at most p50, 95 of 100 at most p95`
          }
        >
          <dt>{legName(total)}</dt>
          <dd>{totalText(total)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Takes the conversation elsewhere: into the clipboard, or a file. */
function Take({ store, shown }: Props) {
  const [said, say] = useState("");
  const told = () => ({ ...shown, call: store.callOf(shown.callId) });

  async function copy(text: string, form: string, close: () => void): Promise<void> {
    const isCopied = await copyText(text);
    say(isCopied ? `Copied as ${form}` : NOT_COPIED);
    close();
  }

  return (
    <span class="talk__take">
      <span role="status" class="talk__count">
        {said}
      </span>
      <Popover
        label="Copy or save the conversation"
        title="Copy or save the conversation"
        class="tool tool--text"
        face="Copy or save"
      >
        {(close) => (
          <div class="talk__forms">
            <Button onClick={() => void copy(toText(told()), "text", close)}>Copy as text</Button>
            <Button onClick={() => void copy(toMarkdown(told()), "Markdown", close)}>
              Copy as Markdown
            </Button>
            <Button
              onClick={() => {
                saveFile(
                  "conversation.md",
                  new Blob([toMarkdown(told())], { type: "text/markdown" }),
                );
                say("Saved as Markdown");
                close();
              }}
            >
              Save as Markdown
            </Button>
          </div>
        )}
      </Popover>
    </span>
  );
}
