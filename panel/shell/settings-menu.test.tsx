// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { expect, test } from "vitest";

import { press, renderPanel, row } from "../testing/render-panel";

test("where the app names the type of its messages is set in the settings, and a mistake is told", async () => {
  renderPanel([
    "created",
    "joined Ada with Bob",
    'received {"type":"game","sub":{"name":"move"}} from Bob',
  ]);
  await row("game");
  await press("Settings");
  const field = () => screen.getByLabelText<HTMLInputElement>(/^Type of messages of .* is at$/);
  const set = (value: string) => {
    field().value = value;
    fireEvent(field(), new Event("change", { bubbles: true }));
  };
  set("sub..name");
  await screen.findByText(/^Not a path\. Join names with dots/);
  set("sub.name");
  await screen.findByText("1 of the latest 1 own messages have a type there");
  await waitFor(() => expect(document.querySelector(".row .type")?.textContent).toBe("move"));
  set("no.such");
  await screen.findByText("0 of the latest 1 own messages have a type there");
  expect(field().getAttribute("aria-invalid")).toBe("false");
});
