import { describe, expect, test } from "vitest";

import { toldBy } from "../../core/testing/findings-in";

describe("replace-drops-keys", () => {
  const told = (text: string) => toldBy("replace-drops-keys", `0 joined Ada with Bob\n${text}`);

  test("what is given as a whole is no patch, and what was set in one may go as one", () => {
    expect(
      told(`10 session-state {"stage":"Bob","topic":"Tea"}
        2000 session-data replace {"topic":"Tea"}
        3000 session-state {"topic":"Tea"}`),
    ).toEqual([]);
    expect(
      told(`10 session-state {}
        20 session-data replace {"lobby":{"open":true}}
        1000 session-state {"lobby":{"open":true}}
        5000 session-data replace {"game":{"round":1}}
        6000 session-state {"game":{"round":1}}`),
    ).toEqual([]);
  });

  test("only what does not belong to what is given is told", () => {
    expect(
      told(`10 session-state {"status":"playing","position":12}
        2000 session-state {"status":"playing","position":12,"votes":3}
        5000 session-data replace {"status":"stopped"}
        6000 session-state {"status":"stopped"}`),
    ).toEqual(["1 replace dropped votes."]);
  });
});

test("a new poll in place of an old one may have been meant", () => {
  expect(
    toldBy(
      "nested-lost",
      `0 joined Ada with Bob
       10 session-state {"poll":{"question":"Tea?","votes":[1]}}
       2000 session-data shallow-merge {"poll":{"question":"Coffee?"}}
       3000 session-state {"poll":{"question":"Coffee?"}}`,
    ),
  ).toEqual(["1 merge lost poll.votes, which may have been meant."]);
});
