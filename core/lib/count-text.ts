/** Made once: making a formatter costs many times more than using it, and rows use it. */
const numbers = new Intl.NumberFormat("en-US");

/** A count with separators: `12,284`. */
export const countText = (count: number): string => numbers.format(count);
