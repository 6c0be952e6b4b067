/** Which colours the panel has: those of DevTools unless the user says otherwise. */
export const THEMES = ["devtools", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
