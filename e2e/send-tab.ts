import type { Frame } from "@playwright/test";

/** Opens the Send tab on one kind of command. */
export async function openSend(panel: Frame, kind: string): Promise<void> {
  await panel.getByRole("tab", { name: "Send", exact: true }).click();
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

/** Pastes a text over what is in the editor, so often in one piece. It is put together in the panel: CDP is slow with megabytes. */
export async function paste(panel: Frame, text: string, times = 1): Promise<void> {
  const editor = panel.locator(".editor .cm-content");
  await editor.click();
  await editor.press("ControlOrMeta+a");
  await editor.evaluate(
    (content, [unit, count]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", unit.repeat(count));
      const options = { clipboardData, bubbles: true, cancelable: true };
      content.dispatchEvent(new ClipboardEvent("paste", options));
    },
    [text, times] as const,
  );
}
