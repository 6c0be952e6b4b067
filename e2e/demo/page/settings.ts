export type Settings = {
  readonly name: string;
  readonly isHost: boolean;
  readonly roomUrl: string;
  /** Where daily-js finds the call machine of the local room; undefined in a room of Daily's. */
  readonly bundlePath: string | undefined;
};

/** Reads `?name=Ada&host=0&room=qa` for the local room, or `?url=https://you.daily.co/room`. */
export function readSettings({ search, origin }: Pick<Location, "search" | "origin">): Settings {
  const query = new URLSearchParams(search);
  const url = query.get("url");
  const isHost = query.get("host") !== "0";
  return {
    name: query.get("name") ?? (isHost ? "Ada" : "Guest"),
    isHost,
    roomUrl: url ?? `${origin}/${query.get("room") ?? "qa"}`,
    bundlePath: url === null ? origin : undefined,
  };
}
