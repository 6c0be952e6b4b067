import type { JoinRequest } from "../wire";

/** What the app gave to `join()`, as daily-js passes it on. */
export type JoinProperties = {
  readonly url?: string;
  readonly userName?: string;
  readonly userData?: unknown;
  readonly token?: string;
};

/**
 * A meeting token here is plain text: `owner`, `owner:<user_id>` or `user:<user_id>`. Daily's are signed, and carry the
 * same two things among others (docs.daily.co/reference/rest-api/meeting-tokens).
 */
function readToken(token = ""): Pick<JoinRequest, "owner" | "userId"> {
  const [, role, userId] = /^(owner|user)(?::(.+))?$/.exec(token) ?? [];
  return { owner: role === "owner", userId };
}

export function toJoinRequest({ userName, userData, token }: JoinProperties): JoinRequest {
  return { userName, userData, ...readToken(token) };
}
