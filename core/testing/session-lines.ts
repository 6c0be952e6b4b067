/** The lines of a session text, one an event: those that stand for several are written out. */
export function sessionLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .flatMap(repeated);
}

/** The lines that a line stands for: `<at> <n> times every <ms>: …` for several. */
function repeated(line: string): string[] {
  const [, at, times, every, rest = ""] = /^(\d+) (\d+) times every (\d+): (.+)$/.exec(line) ?? [];
  if (!times) return [filled(line)];
  return Array.from({ length: Number(times) }, (_, index) =>
    filled(`${Number(at) + index * Number(every)} ${rest}`).replaceAll("$n", String(index + 1)),
  );
}

/** With `<400>` as 400 characters, `<400:aB3>` as so many of that text. */
const filled = (line: string): string =>
  line.replace(/<(\d+)(?::([^>]+))?>/g, (_, length: string, text = "x") =>
    "".padEnd(Number(length), text),
  );
