import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useErrorBoundary } from "preact/hooks";

import { Button } from "./controls";
import { type Filter, NO_FILTER } from "../../core/filter/filter";
import type { OutOfReach } from "../../core/session/out-of-reach";
import { reachWords } from "./out-of-reach";

/** What a view has to say in place of its content, and the one thing to do next. */
function Empty({
  title,
  role,
  action,
  children,
}: {
  title: string;
  role?: "alert";
  action?: readonly [label: string, run: () => void];
  children?: ComponentChildren;
}) {
  return (
    <div class="empty" role={role}>
      <h2>{title}</h2>
      {children}
      {action && <Button onClick={action[1]}>{action[0]}</Button>}
    </div>
  );
}

type Props = {
  store: {
    readonly counts: {
      readonly value: { readonly hasDocuments: boolean; readonly events: number };
    };
    readonly isLive: { readonly value: boolean };
    readonly outOfReach: { readonly value: OutOfReach | undefined };
    readonly filter: Signal<Filter>;
    backToLive(): void;
  };
  onReload: () => void;
};

/** Why the table is empty, and what to do about it. */
export function EmptyState({ store, onReload }: Props) {
  const { hasDocuments, events } = store.counts.value;
  if (!store.isLive.value && events === 0) {
    return (
      <Empty
        title="This recording has no events"
        action={["Back to live", () => store.backToLive()]}
      />
    );
  }
  const reach = store.outOfReach.value;
  if (!hasDocuments && reach) return <OutOfReachState reach={reach} onReload={onReload} />;
  if (!hasDocuments) {
    return (
      <Empty title="No Daily call on this page yet" action={["Reload page", onReload]}>
        <p>
          Calls appear here as soon as the page creates a Daily call object (
          <code>Daily.createCallObject()</code>, <code>createFrame()</code>, or daily-react’s{" "}
          <code>DailyProvider</code>), in any of its frames.
        </p>
        <p>Reload to capture calls made before the extension was installed.</p>
        <p>To look at a recording, drop its file here, or open it with Import recording.</p>
      </Empty>
    );
  }
  if (events === 0) {
    return (
      <Empty title="Nothing recorded since the log was cleared">
        <p>New traffic of the call appears here as it happens.</p>
      </Empty>
    );
  }
  return (
    <Empty
      title="No matching events"
      action={["Clear filter", () => void (store.filter.value = NO_FILTER)]}
    >
      <p>
        {store.filter.value.span
          ? "No matching events in the selected time range."
          : "Turn on more channels, choose another call or change the filter."}
      </p>
    </Empty>
  );
}

/** Why no call of this page can appear, and the way out. */
function OutOfReachState({ reach, onReload }: { reach: OutOfReach; onReload: () => void }) {
  const { title, text, isReloadOffered } = reachWords(reach);
  return (
    <Empty title={title} {...(isReloadOffered && { action: ["Reload page", onReload] as const })}>
      <p>{text}</p>
      <p>To look at a recording, drop its file here, or open it with Import recording.</p>
    </Empty>
  );
}

/** Keeps a fault in one view from taking the panel, and the log in it, along. `of` is what is shown; another is tried afresh. */
export function Guard({ of, children }: { of?: unknown; children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary() as [unknown, () => void];
  useEffect(reset, [of]);
  if (error === undefined) return <>{children}</>;
  return (
    <Empty title="This view could not be shown" role="alert" action={["Try again", reset]}>
      <p>{sentence(error instanceof Error ? error.message : "")} Nothing recorded is lost.</p>
    </Empty>
  );
}

/** An error's message as a sentence. */
const sentence = (message: string): string => {
  const text = message.trim() || "Something in it failed";
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
