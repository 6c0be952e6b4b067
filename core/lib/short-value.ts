import { preview } from "./preview";
import { shortText } from "./short-text";

const MAX_VALUE = 40;

/** The beginning of a JSON value as a console shows it, to tell it from another; `undefined` stands for a place that is gone. */
export const shortValue = (value: unknown): string =>
  value === undefined ? "gone" : shortText(preview(value, MAX_VALUE), MAX_VALUE);
