import type { PageEvent } from "../../extension/protocol/event";
import { withoutIsolates } from "../lib/texts";
import type { CallState } from "./call-state";
import { type EventView, viewOf } from "./event-view";
import { localPerson } from "./people";
import type { Entry } from "./session-log";

type CallOf = (callId: string) => CallState | undefined;

/** Stands in a test for what makes the app do it, which no event tells. */
export const ACT_HERE = "// Do here what makes the app do this.";

/** Longer data says little in a test: then the type alone is expected. In UTF-16 units. */
const MAX_JSON = 1_000;
/** More lines than this no one reads as a test. */
const MAX_LINES = 50;

/**
 * A Playwright test, with the matchers of the package for CI, that expects what some events of a log show: messages,
 * and the state that writes and updates led to. Undefined where there are none of these.
 */
export function eventsAsTest(entries: readonly Entry[], callOf: CallOf): string | undefined {
  const pages = createPages(callOf);
  const lines = entries.slice(0, MAX_LINES).flatMap((entry) => {
    const view = viewOf(entry, callOf(entry.event.callId));
    const expected = expectationOf(view);
    return expected === undefined
      ? []
      : [`  await expect(${pages.nameOf(entry.event.callId)}).${expected};`];
  });
  if (lines.length === 0) return undefined;
  const [first] = entries;
  const type = first && viewOf(first, callOf(first.event.callId)).type?.label;
  return testText(type ?? "what was recorded", pages.fixtures(), pages.opening(), lines);
}

/** A Playwright test that fails for as long as a rule finds something. */
export function findingAsTest(ruleId: string, title: string, call: CallState | undefined): string {
  const pages = createPages(() => call);
  pages.nameOf(call?.callId ?? "");
  return testText(title, ["page", "daily"], pages.opening(), [
    `  await expect(daily).toHaveNoFindings({ rules: [${JSON.stringify(ruleId)}] });`,
  ]);
}

function testText(
  title: string,
  fixtures: readonly string[],
  opening: readonly string[],
  lines: readonly string[],
): string {
  return [
    `import { expect, test } from "inspector-for-daily/playwright";`,
    "",
    `test(${JSON.stringify(title)}, async ({ ${fixtures.join(", ")} }) => {`,
    ...opening,
    `  ${ACT_HERE}`,
    "",
    ...lines,
    "});",
    "",
  ].join("\n");
}

/** Names the pages that calls are of: the first is the test's own. */
function createPages(callOf: CallOf) {
  const names = new Map<string, string>();

  function newName(callId: string): string {
    if (names.size === 0) return "page";
    const person = localPerson(callOf(callId)).name.toLowerCase();
    const name = /^[a-z]\w*$/.test(person) && !RESERVED.has(person) ? person : "other";
    const taken = new Set(names.values());
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name}${n}`;
    return free;
  }

  return {
    nameOf(callId: string): string {
      const name = names.get(callId) ?? newName(callId);
      names.set(callId, name);
      return name;
    },
    fixtures: (): string[] => (names.size > 1 ? ["page", "context"] : ["page"]),
    opening: (): string[] =>
      [...names].flatMap(([callId, name]) => [
        ...(name === "page" ? [] : [`  const ${name} = await context.newPage();`]),
        `  await ${name}.goto(${JSON.stringify(callOf(callId)?.url ?? "/")});`,
      ]),
  };
}

/** Words that are none to name a page by. */
const RESERVED = new Set(
  "await break case catch class const continue context daily default delete do else enum expect export extends false finally for function if import in instanceof let new null page return static super switch test this throw true try typeof var void while with yield".split(
    " ",
  ),
);

/** The matcher that holds after an event; undefined for one that no matcher is about. */
function expectationOf(view: EventView): string | undefined {
  const { event, channel, direction } = view;
  if (event.kind === "method-called" && event.outcome === "threw") return undefined;
  if (channel === "app-message") {
    const name = direction === "out" ? "toHaveSent" : "toHaveReceived";
    const parts = [
      ...(view.type && !view.type.isShape ? [`type: ${JSON.stringify(view.type.label)}`] : []),
      ...dataOf(event).map((json) => `payload: ${json}`),
      ...(direction === "in" && view.from ? [`from: ${nameText(view.from.name)}`] : []),
    ];
    return `${name}({ ${parts.join(", ")} })`;
  }
  const [json] = dataOf(event);
  if (json === undefined) return undefined;
  if (channel === "session-data") return `toHaveSessionData(${json})`;
  if (channel !== "user-data") return undefined;
  const isOther = "participant" in event && !event.participant.local && view.from;
  return `toHaveUserData(${json}${isOther ? `, { of: ${nameText(isOther.name)} }` : ""})`;
}

const nameText = (name: string): string => JSON.stringify(withoutIsolates(name));

/** The data of an event as code; none where it is long, has no form in JSON, or means something else as code. */
function dataOf(event: PageEvent): string[] {
  if (!("payload" in event) || !event.payload || event.payload.problem) return [];
  const { json } = event.payload;
  return json.length > MAX_JSON || json.includes('"__proto__":') ? [] : [json];
}
