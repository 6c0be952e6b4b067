import { batch, computed, signal } from "@preact/signals";

import { createConversations } from "../conversation/conversation-state";
import { createFindings } from "../findings/findings";
import { createMutes } from "../findings/mutes";
import type { ValueEdit } from "../room/value-edit";
import { createSending } from "../send/sending";
import type { Draft, DraftKind } from "../session/draft";
import { createMemoryStorage } from "../session/kept";
import {
  createSessionStore,
  type SessionStoreOptions,
  type TrafficView,
} from "../session/session-store";
import { createTypePaths } from "../session/type-paths";
import { createRouteStatistics } from "../statistics/route-statistics";
import { createSessionStatistics } from "../statistics/session-statistics";
import { createBaselines } from "../types/baselines";
import { createSessionTypes } from "../types/session-types";
import type { AgentSetting } from "./agent-setting";
import type { Theme } from "./theme";

export type Store = ReturnType<typeof createStore>;

/** The state of the panel: what features share, and the state of each. */
export function createStore({
  mutes = createMutes(createMemoryStorage()),
  baselines = createBaselines(createMemoryStorage()),
  agentSetting,
  ...options
}: SessionStoreOptions & {
  readonly mutes?: ReturnType<typeof createMutes>;
  readonly baselines?: ReturnType<typeof createBaselines>;
  /** Only where there is something that answers agents. */
  readonly agentSetting?: AgentSetting;
} = {}) {
  const session = createSessionStore(options);
  const sending = createSending(session);
  const conversations = createConversations(session.session, session.filter);
  const types = createSessionTypes(session.session, baselines);
  const hasConversation = computed(() => conversations.callIds.value.length > 0);

  return {
    ...session,
    ...sending,
    theme: signal<Theme>("devtools"),
    agentSetting,
    /** Whether the log over time is shown above the table; undefined where its width decides. */
    isOverviewShown: signal<boolean | undefined>(undefined),
    /** The edit that is open in the Room tab. Kept whatever else is looked at in the meantime. */
    valueEdit: signal<ValueEdit | undefined>(undefined),
    statistics: createSessionStatistics(session.shown, session.callOf),
    routes: createRouteStatistics(session),
    typePaths: createTypePaths(session.session),
    conversations,
    hasConversation,
    spoken: computed(() => {
      const shown = conversations.current.value;
      return shown && { callId: shown.callId, speech: shown.conversation.speech() };
    }),
    /** How the Traffic tab shows events now: a conversation only where there is one. */
    shownTrafficView: computed((): TrafficView => {
      const { value } = session.trafficView;
      return value === "conversation" && !hasConversation.value ? "table" : value;
    }),
    types,
    findings: createFindings(
      session.session,
      mutes,
      setTimeout,
      session.pageNow,
      computed(() => types.baseline.value?.contract),
    ),

    /** Opens the Send tab on a draft for a call, the shown one if none is named. Nothing is sent yet. */
    compose(kind: DraftKind, draft: Partial<Draft>, callId = session.shownCall()?.callId): void {
      batch(() => {
        const obstacle = sending.compose(kind, draft, callId);
        if (obstacle !== undefined) session.notice.value = obstacle;
        session.tab.value = "send";
      });
    },
  };
}
