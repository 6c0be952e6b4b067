type Keys = Pick<KeyboardEvent, "ctrlKey" | "metaKey">;

export const isMac = (): boolean => navigator.platform.startsWith("Mac");

/** Whether the key of shortcuts is held: Cmd on a Mac, where Ctrl edits text (Ctrl+F, Ctrl+K), Ctrl elsewhere. */
export const hasCommandKey = ({ ctrlKey, metaKey }: Keys, onMac = isMac()): boolean =>
  onMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
