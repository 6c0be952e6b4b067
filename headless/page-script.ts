declare const INSPECTOR_PAGE_SCRIPT: string;

/** The extension's own hook as it is built, and the relay for Playwright behind it: the build puts them here. */
export const PAGE_SCRIPT: string = INSPECTOR_PAGE_SCRIPT;
