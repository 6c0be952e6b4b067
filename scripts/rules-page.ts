import { RULE_GROUPS } from "../core/rules/all-rules";
import type { Rule } from "../core/rules/rule";
import { exampleOf } from "../core/testing/message-rule-examples";

/** `docs/rules.md`: every rule with why it matters, what to do, and the examples that its test runs. */
export function rulesPage(): string {
  return `${[HEAD, ...RULE_GROUPS.map(groupText)].join("\n\n")}\n`;
}

const HEAD = `# The rules

What the **Findings** tab looks for in a call, written by \`npm run docs:rules\` from the rules themselves. A rule can be
muted in the panel, as a whole or for one type of app message.

Only what the page sends and gets can be checked: reading \`meetingSessionState()\` right after a write, for one, does not
show. What arrived at others is checked where their pages are in view, as tabs of the same browser or as recordings.
Numbers that Daily documents and that were not measured are said to be documented.

Examples are sessions as text, as the tests run them: milliseconds since the start, then what happened. \`at Bob:\` happens
in Bob’s page.`;

const LEVELS = { error: "Error", warning: "Warning", info: "Hint" } as const;

const groupText = ({ name, rules }: (typeof RULE_GROUPS)[number]): string =>
  [`## ${name}`, ...rules.map(ruleText)].join("\n\n");

function ruleText({ id, title, level, why, advice, docs, code }: Rule): string {
  const { fires, passes } = exampleOf(id);
  return [
    `### ${title}`,
    `\`${id}\` · ${LEVELS[level]} · [Daily’s page](${docs})`,
    why,
    `**What to do.** ${advice}`,
    ...(code === undefined ? [] : [block(code, "js")]),
    `Fires:`,
    block(fires),
    `Does not fire:`,
    block(passes),
  ].join("\n\n");
}

const block = (text: string, language = ""): string => `\`\`\`${language}\n${text}\n\`\`\``;
