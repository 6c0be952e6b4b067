declare const INSPECTOR_VERSION: string;

/** Of the package: the build puts it here. */
export const VERSION: string = INSPECTOR_VERSION;
