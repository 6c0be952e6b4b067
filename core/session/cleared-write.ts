import type { RowStatus } from "./row-status";

/** Of a write that the panel sent and whose row is gone: no row of the table has this. */
export const CLEARED_STATUS: RowStatus = {
  label: "cleared from the log",
  level: "waiting",
  detail: "The log no longer has it, so what became of it is not known any more.",
};

/** Why such a write cannot be undone. */
export const WHY_NOT_CLEARED = "The log was cleared, so what it changed is not known any more.";
