/** What a matcher says when it fails. Throws when it doesn't. */
export async function failureOf(matcher: Promise<void>): Promise<string> {
  const failure = await matcher.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (failure === undefined) throw new Error("The matcher passed.");
  return failure;
}
