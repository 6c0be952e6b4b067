import { describe, expect, test, vi } from "vitest";

import { type CallObserver, watchPromise, wrapMethod } from "./wrap-method";

const silent: CallObserver = { returned: (value) => value, threw: () => {} };
const noReport = (error: unknown) => {
  throw error;
};

class Thing {
  add(this: Thing | undefined, a: number, b = 0): unknown {
    return { self: this, sum: a + b, count: arguments.length };
  }
}

describe("a wrapped method", () => {
  test("gets the same `this` and arguments and gives the same result", () => {
    const thing = new Thing();
    const result = { value: 1 };
    thing.add = () => result;
    wrapMethod(thing, "add", () => silent, noReport);
    expect(thing.add(1)).toBe(result);
  });

  test("sees `this` as the caller gave it", () => {
    const thing = new Thing();
    const other = new Thing();
    wrapMethod(thing, "add", () => silent, noReport);
    expect(thing.add.call(other, 1, 2)).toEqual({ self: other, sum: 3, count: 2 });
    expect(thing.add.call(undefined, 1)).toEqual({ self: undefined, sum: 1, count: 1 });
  });

  test("looks like the method that it stands for", () => {
    const thing = new Thing();
    wrapMethod(thing, "add", () => silent, noReport);
    expect(thing.add.name).toBe("add");
    expect(thing.add).toHaveLength(1);
    expect(Object.keys(thing)).toEqual([]);
    expect(thing.add).not.toHaveProperty("prototype");
    expect(() => Reflect.construct(thing.add, [])).toThrow(TypeError);
  });

  test("that is inherited is looked up at each call, so a later patch holds", () => {
    class Base {
      add(a: number): unknown {
        return a;
      }
    }
    class Child extends Base {}
    wrapMethod(Child.prototype, "add", () => silent, noReport);
    const { add } = Base.prototype;
    Base.prototype.add = function (a) {
      return Reflect.apply(add, this, [a * 10]);
    };
    expect(new Child().add(1)).toBe(10);
  });

  test("is as enumerable, and as much of a constructor, as the one that it stands for", () => {
    function Old(this: { made?: boolean }): void {
      this.made = true;
    }
    const thing = Object.create({ make: Old }) as { make: new () => object };
    wrapMethod(thing, "make", () => silent, noReport);
    const names = [];
    for (const name in thing) names.push(name);
    expect(names).toEqual(["make"]);
    expect(thing.make.prototype).toBe(Old.prototype);
    expect(new thing.make()).toBeInstanceOf(Old);
    expect(new thing.make()).toMatchObject({ made: true });
  });

  test("can be replaced by the page", () => {
    const thing = new Thing();
    wrapMethod(thing, "add", () => silent, noReport);
    thing.add = () => "mine";
    expect(thing.add(1)).toBe("mine");
  });

  test("throws the very same error", () => {
    const error = new Error("no");
    const threw = vi.fn<(error: unknown) => void>();
    const thing = {
      fail() {
        throw error;
      },
    };
    wrapMethod(thing, "fail", () => ({ ...silent, threw }), noReport);
    expect(() => thing.fail()).toThrow(error);
    expect(threw).toHaveBeenCalledExactlyOnceWith(error);
  });

  test("is not touched by an observer that fails at any point", () => {
    const problem = new Error("ours");
    const fail = () => {
      throw problem;
    };
    const thing = {
      give: () => 1,
      fail() {
        throw new Error("theirs");
      },
    };
    const report = vi.fn<(error: unknown) => void>();
    wrapMethod(thing, "give", fail, report);
    wrapMethod(thing, "fail", () => ({ returned: fail, threw: fail }), report);
    expect(thing.give()).toBe(1);
    expect(() => thing.fail()).toThrow("theirs");
    wrapMethod(thing, "give", () => ({ returned: fail, threw: fail }), report);
    expect(thing.give()).toBe(1);
    expect(report.mock.calls).toEqual([[problem], [problem], [problem], [problem]]);
  });
});

describe("putting a method back", () => {
  test("leaves the holder as it was, with an own method, an accessor or an inherited one", () => {
    class Child extends Thing {}
    for (const [holder, name] of [
      [Thing.prototype, "add"],
      [Child.prototype, "add"],
      [Object.defineProperty({}, "add", { get: () => () => 1, configurable: true }), "add"],
    ] as const) {
      const before = Object.getOwnPropertyDescriptors(holder);
      const putBack = wrapMethod(holder, name, () => silent, noReport);
      expect(Object.getOwnPropertyDescriptors(holder)).not.toEqual(before);
      putBack?.();
      expect(Object.getOwnPropertyDescriptors(holder)).toEqual(before);
    }
  });

  test("leaves alone what the page has put around it since", () => {
    const thing = new Thing();
    const putBack = wrapMethod(thing, "add", () => silent, noReport);
    const { add } = thing;
    const around: typeof add = (a, b) => [add.call(thing, a, b)];
    thing.add = around;
    putBack?.();
    expect(thing.add).toBe(around);
    expect(thing.add(1, 2)).toEqual([{ self: thing, sum: 3, count: 2 }]);
  });

  test("of a frozen class does nothing, and throws nothing", () => {
    class Later extends Thing {
      override add() {
        return 1;
      }
    }
    const putBack = wrapMethod(Later.prototype, "add", () => silent, noReport);
    Object.freeze(Later.prototype);
    putBack?.();
    expect(new Later().add()).toBe(1);
  });
});

test("a method that does not exist stays away", () => {
  const thing = {};
  expect(wrapMethod(thing, "add", () => silent, noReport)).toBeUndefined();
  expect(thing).not.toHaveProperty("add");
});

describe("a watched promise", () => {
  test("resolves with the same value, which is heard first", async () => {
    const value = {};
    const heard = vi.fn<(outcome: unknown) => void>();
    await expect(watchPromise(Promise.resolve(value), heard)).resolves.toBe(value);
    expect(heard).toHaveBeenCalledExactlyOnceWith({ value });
  });

  test("rejects with the same error", async () => {
    const error = new Error("no");
    const heard = vi.fn<(outcome: unknown) => void>();
    await expect(watchPromise(Promise.reject(error), heard)).rejects.toBe(error);
    expect(heard).toHaveBeenCalledExactlyOnceWith({ error });
  });

  test("is left alone when it is none", () => {
    const heard = vi.fn<(outcome: unknown) => void>();
    expect(watchPromise(undefined, heard)).toBeUndefined();
    expect(heard).not.toHaveBeenCalled();
  });
});
