import address from "./sample-recording.json?url";

const NAME = "Live Q&A";

/**
 * The recording that ships with the extension, as a file that can be opened like any other: the demo, in two tabs, with
 * some mistakes that apps make. `npm run sample` makes it. Rejects when it can't be read.
 */
export async function loadSample(): Promise<File> {
  const response = await fetch(address);
  return new File([await response.blob()], NAME, { type: "application/json" });
}
