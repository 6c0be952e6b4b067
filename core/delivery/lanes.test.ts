import fc from "fast-check";
import { expect, test } from "vitest";

import { groupAt, insert, newLane } from "./lanes";

test("however items come in, their groups are those of the same items in order", () => {
  const item = fc.record({ at: fc.integer({ min: 0, max: 60 }), isSent: fc.boolean() });
  // A few at the end are taken back; before more than that, all is grouped again.
  const items = fc.oneof(
    fc.array(item, { maxLength: 30 }),
    fc.array(item, { minLength: 60, maxLength: 140 }),
  );
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 10 }), (all, patienceMs) => {
      const lane = newLane<string, string>();
      const seen: { readonly at: number; readonly name: string; readonly isSent: boolean }[] = [];
      for (const [place, { at, isSent }] of all.entries()) {
        const name = `${isSent ? "sent" : "arrived"} ${place}`;
        seen.push({ at, name, isSent });
        insert(lane, isSent ? { at, sent: name } : { at, arrived: name }, patienceMs);

        const fresh = newLane<string, string>();
        for (const each of seen.toSorted((a, b) => a.at - b.at))
          fresh.items.push(
            each.isSent ? { at: each.at, sent: each.name } : { at: each.at, arrived: each.name },
          );
        const found = groupAt(lane, at, patienceMs);
        expect(found).toEqual(groupAt(fresh, at, patienceMs));
        expect(lane.groups).toEqual(fresh.groups);
      }
    }),
    { numRuns: 300 },
  );
});
