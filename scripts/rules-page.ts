import { RULE_GROUPS } from "../core/rules/all-rules";
import { ABOUT_BASELINE } from "../core/rules/baseline-rules";
import type { Rule } from "../core/rules/rule";
import { BASELINE_EXAMPLES } from "../core/testing/baseline-rule-examples";
import { exampleOf } from "../core/testing/message-rule-examples";

/** `docs/rules.md`: every rule with why it matters, what to do, and the examples that its test runs. */
export function rulesPage(): string {
  return `${[HEAD, ...RULE_GROUPS.map(groupText), BASELINE, ...ABOUT_BASELINE.map(baselineText)].join("\n\n")}\n`;
}

const HEAD = `# The rules

What the **Findings** tab looks for in a call, written by \`npm run docs:rules\` from the rules themselves. A rule can be
muted in the panel, entirely or for one type of app message.

Only what the page sends and gets can be checked: reading \`meetingSessionState()\` right after a write, for one, does not
show. What arrived at others is checked where their pages are in view, as tabs of the same browser or as recordings.
Numbers that Daily documents and that were not measured are said to be documented.

Examples are sessions as text, as the tests run them: milliseconds since the start, then what happened. \`at Bob:\` happens
in Bob’s page.`;

const LEVELS = { error: "Error", warning: "Warning", info: "Hint" } as const;

const groupText = ({ name, rules }: (typeof RULE_GROUPS)[number]): string =>
  [`## ${name}`, ...rules.map(ruleText)].join("\n\n");

const BASELINE = `## Baseline

These need [a baseline](types.md#baseline) to compare with: in the panel, that of the page’s origin; in
[tests](ci.md#contracts) and on [the command line](cli.md#contract), a file.`;

function ruleText(rule: Rule): string {
  const { fires, passes } = exampleOf(rule.id);
  return [
    aboutText(rule),
    ...(rule.code === undefined ? [] : [block(rule.code, "js")]),
    `Fires:`,
    block(fires),
    `Does not fire:`,
    block(passes),
  ].join("\n\n");
}

function baselineText(about: (typeof ABOUT_BASELINE)[number]): string {
  const { baseline, fires, passes } = BASELINE_EXAMPLES[about.id] ?? {};
  if (!baseline || !fires || !passes) throw new Error(`Without an example: ${about.id}`);
  return [
    aboutText(about),
    `With a baseline of:`,
    block(baseline),
    `Fires:`,
    block(fires),
    `Does not fire:`,
    block(passes),
  ].join("\n\n");
}

const aboutText = ({ id, title, level, why, advice, docs }: Omit<Rule, "start">): string =>
  [
    `### ${title}`,
    `\`${id}\` · ${LEVELS[level]} · [Daily’s page](${docs})`,
    why,
    `**What to do.** ${advice}`,
  ].join("\n\n");

const block = (text: string, language = ""): string => `\`\`\`${language}\n${text}\n\`\`\``;
