import type { Frame } from "@playwright/test";

/** Opens the Send tab on one kind of command. */
export async function openSend(panel: Frame, kind: string): Promise<void> {
  await panel.getByRole("button", { name: "Send", exact: true }).first().click();
  await panel
    .getByRole("group", { name: "What to send" })
    .getByRole("button", { name: kind })
    .click();
}

/** Puts a text into the editor, in place of what is there. */
export async function type(panel: Frame, text: string): Promise<void> {
  const editor = panel.locator(".editor .cm-content");
  await editor.click();
  await editor.press("ControlOrMeta+a");
  await panel.page().keyboard.insertText(text);
}

/** Sends what is in the editor. */
export const submit = (panel: Frame) => panel.locator(".editor .cm-content").press("Control+Enter");
/** What was sent from the panel, newest first. */
export const sent = (panel: Frame) =>
  panel.getByRole("region", { name: "Sent from the panel" }).getByRole("listitem");
