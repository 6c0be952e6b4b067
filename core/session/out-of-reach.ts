/** Why nothing, or nothing more, comes from the inspected page, as far as a panel can know. */
export type OutOfReach =
  /** The user switched the inspector off there, until the page is reloaded. */
  | { readonly kind: "off" }
  /** Its hook is of another version of the extension, or its relay of one that isn't there any more. */
  | { readonly kind: "outdated" }
  /** The browser gives the extension no access to its site. */
  | { readonly kind: "not-allowed"; readonly site: string }
  /** Access is there, but the extension isn't: the page is older than the access, or it is an error page. */
  | { readonly kind: "not-loaded" }
  /** The browser lets no extension in. */
  | { readonly kind: "closed" };
