/** Whether a number of a JSON text is the same number, to the last digit, once JSON has written it again. */
export function keepsNumber(raw: string): boolean {
  const value = Number(raw);
  return !Object.is(value, -0) && decimalOf(raw) === decimalOf(String(value));
}

/**
 * A decimal in the one form that each value has: `-12.50e3` is `-125e2`. Answers the text itself where it is no decimal.
 * Goes through the text once: a pattern for the zeros at the end would take long for many of them.
 */
function decimalOf(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (!parts) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = whole + fraction;
  let first = 0;
  while (digits[first] === "0") first++;
  let end = digits.length;
  while (end > first && digits[end - 1] === "0") end--;
  if (first === end) return "0";
  const power = Number(exponent) - fraction.length + digits.length - end;
  return `${sign}${digits.slice(first, end)}e${power}`;
}
