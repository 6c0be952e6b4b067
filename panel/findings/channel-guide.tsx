import { Fragment } from "preact";

import { budgetOf, type DataChannel, LIMITS } from "../../core/daily/limits";
import { DOCS_PAGES } from "../../core/rules/rule";
import type { Payload } from "../../extension/protocol/payload";
import { CHANNELS } from "../ui/channels";
import { formatCount } from "../ui/format";
import { SizeMeter } from "../ui/size-meter";
import { CHANNEL_CASES, CHANNEL_TRAITS, DATA_CHANNELS, howItWouldBe } from "./channel-advice";
import type { FindingsStore } from "./findings-store";

/** How much of Daily's limits the shown call uses right now. */
export function CallBudgets({ store }: { store: FindingsStore }) {
  const call = store.shownCall();
  if (!call) return null;
  const { people, session } = call.history;
  const own = people.people.get(people.localId() ?? "")?.versions.at(-1)?.payload;
  const maxMessage = call.maxAppMessageSize ?? LIMITS["app-message"].maxChars;
  return (
    <section class="card" aria-label="Budgets">
      <h2 title="Of the chosen call, or the latest">Limits</h2>
      <dl class="facts">
        <dt>App message</dt>
        <dd title={LIMITS["app-message"].source}>
          up to {formatCount(maxMessage)} characters each
          {call.maxAppMessageSize === undefined && " (daily-js’s default)"}
        </dd>
        <dt>Own user data</dt>
        <dd>{used("user-data", own) ?? "none set"}</dd>
        <dt>Session data</dt>
        <dd>{used("session-data", session.versions.at(-1)?.payload) ?? "none seen"}</dd>
      </dl>
    </section>
  );
}

const used = (channel: DataChannel, payload: Payload | undefined) =>
  payload && (
    <SizeMeter channel={channel} payload={payload} budget={budgetOf(channel, payload)} hasLimit />
  );

/** Which channel is for what, and how a type of message would do on each. */
export function ChannelGuide({ store }: { store: FindingsStore }) {
  const types = store.findings.current.value.types;
  const { guideType, isGuideOpen } = store.findings.look;
  const usage =
    types.find(({ callId, type }) => `${callId} ${type}` === guideType.value) ?? types[0];
  const call = usage && store.freshCall(usage.callId);
  return (
    <details
      class="card guide"
      open={isGuideOpen.value}
      onToggle={({ currentTarget }) => void (isGuideOpen.value = currentTarget.open)}
    >
      <summary title="From Daily’s guide to its data channels">Choose a channel</summary>
      <div class="guide__scroll" role="region" aria-label="The three channels" tabIndex={0}>
        <table class="bars guide__table">
          <thead>
            <tr>
              <td />
              {DATA_CHANNELS.map((channel) => (
                <th key={channel} scope="col" title={CHANNELS[channel].title}>
                  {CHANNELS[channel].short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CHANNEL_TRAITS.map(([trait, ...ofChannel]) => (
              <tr key={trait}>
                <th scope="row">{trait}</th>
                {ofChannel.map((text, index) => (
                  <td key={index}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <a
          href={DOCS_PAGES.channels}
          target="_blank"
          rel="noreferrer"
          title={`Opens ${DOCS_PAGES.channels} in a new tab`}
        >
          Daily’s guide to its channels
        </a>
      </p>
      <h3>For example</h3>
      <ul class="guide__cases">
        {CHANNEL_CASES.map(([name, channel, because]) => (
          <li key={name} class={`channel--${channel}`}>
            {name}: <span class="tag">{CHANNELS[channel].short}</span>, {because}
          </li>
        ))}
      </ul>
      {usage && call && (
        <>
          <h3>
            <label>
              In this call, messages of type{" "}
              <select
                value={`${usage.callId} ${usage.type}`}
                title="How messages of this type do, and would do, on each channel"
                onChange={({ currentTarget }) => void (guideType.value = currentTarget.value)}
              >
                {types.map(({ callId, type }) => (
                  <option key={`${callId} ${type}`} value={`${callId} ${type}`}>
                    {type}
                  </option>
                ))}
              </select>
            </label>
          </h3>
          <dl class="facts">
            {howItWouldBe(usage, call).map(({ channel, text }) => (
              <Fragment key={channel}>
                <dt>{CHANNELS[channel].short}</dt>
                <dd>{text}</dd>
              </Fragment>
            ))}
          </dl>
        </>
      )}
    </details>
  );
}
