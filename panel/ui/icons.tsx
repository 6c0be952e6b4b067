const PATHS = {
  clear:
    "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM3 8a5 5 0 0 1 7.98-4.02l-7 7A4.98 4.98 0 0 1 3 8Zm2.02 4.02 7-7a5 5 0 0 1-7 7Z",
  record: "M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z",
  download:
    "M7.25 1.5h1.5v7.2l2.7-2.7 1.05 1.06L8 11.56 3.5 7.06 4.55 6l2.7 2.7V1.5ZM2.5 13h11v1.5h-11V13Z",
  upload:
    "M7.25 11.56v-7.2l-2.7 2.7L3.5 6 8 1.5 12.5 6l-1.05 1.06-2.7-2.7v7.2h-1.5ZM2.5 13h11v1.5h-11V13Z",
  search:
    "M6.75 1.5a5.25 5.25 0 0 1 4.16 8.45l3.57 3.57-1.06 1.06-3.57-3.57A5.25 5.25 0 1 1 6.75 1.5Zm0 1.5a3.75 3.75 0 1 0 0 7.5 3.75 3.75 0 0 0 0-7.5Z",
  close:
    "m4.4 3.34 3.6 3.6 3.6-3.6 1.06 1.06L9.06 8l3.6 3.6-1.06 1.06L8 9.06l-3.6 3.6-1.06-1.06L6.94 8l-3.6-3.6L4.4 3.34Z",
  out: "M8 2.5 12.5 7l-1.06 1.06-2.69-2.69v8.13h-1.5V5.37L4.56 8.06 3.5 7 8 2.5Z",
  in: "m8 13.5 4.5-4.5-1.06-1.06-2.69 2.69V2.5h-1.5v8.13L4.56 7.94 3.5 9 8 13.5Z",
  overview: "M1.5 2.5H3v11h11.5V15h-13V2.5ZM5 8h2v4H5V8Zm3.5-4h2v8h-2V4ZM12 6.5h2V12h-2V6.5Z",
  copy: "M5 1.5h8.5V11H12V3H5V1.5ZM2.5 4.5H11v10H2.5v-10ZM4 6v7h5.5V6H4Z",
  ascending: "M8 5.5 12 10H4l4-4.5Z",
  descending: "M8 10.5 4 6h8l-4 4.5Z",
  closed: "M6 3.5 10.5 8 6 12.5v-9Z",
  open: "M3.5 6h9L8 10.5 3.5 6Z",
  options:
    "M6.9 1.5h2.2l.3 1.8 1.2.5 1.5-1.1 1.6 1.6-1.1 1.5.5 1.2 1.8.3v2.2l-1.8.3-.5 1.2 1.1 1.5-1.6 1.6-1.5-1.1-1.2.5-.3 1.8H6.9l-.3-1.8-1.2-.5-1.5 1.1-1.6-1.6 1.1-1.5-.5-1.2-1.8-.3V6.9l1.8-.3.5-1.2-1.1-1.5 1.6-1.6 1.5 1.1 1.2-.5.3-1.8ZM8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z",
  conversation:
    "M1.5 2.5h13v9H8.3L4.5 14.6v-3.1h-3v-9ZM3 4v6h3v1.6L7.8 10H13V4H3Zm1.75 1.25h6.5v1.25h-6.5V5.25Zm0 2.25h4.5v1.25h-4.5V7.5Z",
  columns: "M1.5 2.5h13v11h-13v-11ZM3 4v8h2.7V4H3Zm4.2 0v8h1.6V4H7.2Zm3.1 0v8H13V4h-2.7Z",
  sequence:
    "M2.5 1.5H4v13H2.5v-13Zm9.5 0h1.5v13H12v-13ZM5 4.25h3.5v-2L11.25 5 8.5 7.75v-2H5v-1.5Zm6 6H7.5v-2L4.75 11l2.75 2.75v-2H11v-1.5Z",
  table: "M1.5 2.5h13v11h-13v-11ZM3 4v1.5h10V4H3Zm0 3v2h10V7H3Zm0 3.5V12h10v-1.5H3Z",
  pin: "M5 1.5h6V3l-1 .8v3.4l2 1.8v1.5H8.75v4h-1.5v-4H4V9l2-1.8V3.8L5 3V1.5Z",
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside or in place of a label. Decorative: whatever holds it has the accessible name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon--${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}
