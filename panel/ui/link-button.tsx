import type { ComponentProps } from "preact";

/** Something to do, in the midst of text: it looks like a link. */
export function LinkButton(props: ComponentProps<"button">) {
  return <button type="button" class="link-button" {...props} />;
}
