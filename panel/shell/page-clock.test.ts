import { expect, test, vi } from "vitest";

import { statusOf } from "../../core/session/row-status";
import { CALL_ID, session } from "../../core/testing/session-text";
import { createStore } from "./store";

const PAGE = { documentId: "d", url: "https://app.example/", frameId: 0 };

/** A write that came to a panel whose own clock says something else altogether. */
function setup() {
  const store = createStore();
  store.documentOpened(PAGE);
  const text = `
    0 joined Ada
    10 session-data replace {"a":1}`;
  store.received("d", { ok: true, events: session(text), invalid: 0 });
  const status = () => {
    const [, write] = store.entriesOf(CALL_ID);
    return write && statusOf(write, store.freshCall(CALL_ID)?.history, store.now.value)?.label;
  };
  return { store, status };
}

test("a write waits by the page's clock, however far it lies behind the panel's", () => {
  const time = vi.spyOn(performance, "now").mockReturnValue(1_000);
  const { store, status } = setup();
  expect(status()).toBe("queued");
  store.tick();
  expect(status()).toBe("queued");
  time.mockReturnValue(1_000 + 5_001);
  store.tick();
  expect(status()).toBe("unconfirmed");
  time.mockRestore();
});
