import type { Signal } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useErrorBoundary } from "preact/hooks";

import { Button } from "./controls";
import { type Filter, NO_FILTER } from "../../core/filter/filter";

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
    readonly filter: Signal<Filter>;
    backToLive(): void;
  };
};

/** What every view shows while the page has no call, as the shell has it. */
export const NoCall = createContext<ComponentChildren>(undefined);

/** Why a view is empty, and what to do about it. */
export function EmptyState({ store }: Props) {
  const noCall = useContext(NoCall);
  const { hasDocuments, events } = store.counts.value;
  if (!store.isLive.value && events === 0) {
    return (
      <Empty
        title="This recording has no events"
        action={["Back to live", () => store.backToLive()]}
      />
    );
  }
  if (!hasDocuments) return <>{noCall}</>;
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
