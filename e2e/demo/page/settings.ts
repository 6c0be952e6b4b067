export type Settings = {
  readonly name: string;
  readonly isHost: boolean;
  /** Whether the page starts with the autopilot on: as a host unless told otherwise, as a guest only when told. */
  readonly isAuto: boolean;
  readonly roomUrl: string;
  /** Where daily-js finds the call machine of the local room; undefined in a room of Daily's. */
  readonly bundlePath: string | undefined;
};

/** Reads `?name=Bob&host=0&auto=1&room=qa` for the local room, or `?url=https://you.daily.co/room`. */
export function readSettings({ search, origin }: Pick<Location, "search" | "origin">): Settings {
  const query = new URLSearchParams(search);
  const url = query.get("url");
  const isHost = query.get("host") !== "0";
  return {
    name: query.get("name") ?? (isHost ? "Ada" : "Guest"),
    isHost,
    isAuto: (query.get("auto") ?? (isHost ? "1" : "0")) !== "0",
    roomUrl: url ?? `${origin}/${query.get("room") ?? "qa"}`,
    bundlePath: url === null ? origin : undefined,
  };
}
