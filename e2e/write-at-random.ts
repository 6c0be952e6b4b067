/**
 * Runs inside a page: sets session data and user data at random for a second and a half or so, every value a new one,
 * and resolves when it is done. The seed makes a run repeatable as far as the clock allows.
 */
export async function writeAtRandom(seed: number): Promise<void> {
  const { call } = window;
  let state = seed * 2_654_435_761;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  for (let step = 0; step < 12; step++) {
    const value = `${seed}:${step}`;
    const key = `key${random(4)}`;
    const what = random(10);
    if (what < 4) call.setMeetingSessionData({ [key]: value }, "shallow-merge");
    else if (what < 5)
      call.setMeetingSessionData({ [key]: value, [`own${seed}`]: step }, "replace");
    else if (what < 6)
      call.setMeetingSessionData({ [key]: undefined, last: value }, "shallow-merge");
    else if (what < 7) call.setMeetingSessionData({}, "shallow-merge");
    else await call.setUserData({ hand: value });
    await new Promise((resolve) => setTimeout(resolve, 40 + random(160)));
  }
}
