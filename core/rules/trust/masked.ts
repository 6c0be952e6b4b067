import { howMany } from "../how-many";

/** A secret as it may be shown: enough to find it again, too little to use it. */
export const masked = (secret: string): string =>
  `${secret.slice(0, 4)}… (${howMany(secret.length, "character")})`;
