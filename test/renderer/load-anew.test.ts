import { expect, test } from "vitest";
import { loadAnew } from "../../renderer/shared/load-anew.ts";

function createTab(startMs: number) {
  const kept = new Map<string, string>();
  const tab = { nowMs: startMs, loads: [] as number[] };
  const page = {
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    },
    location: { reload: () => void tab.loads.push(tab.nowMs) },
    setTimeout(action: () => void, delayMs: number) {
      tab.nowMs += delayMs;
      action();
    },
  };
  return { tab, meetOther: () => loadAnew(page, () => tab.nowMs) };
}

// A folder of pages from another build would otherwise be loaded as fast as the machine can, with nobody able to stop it.
test("a page that meets another contract is loaded at once, and again no sooner than five seconds later", () => {
  const { tab, meetOther } = createTab(1_000_000);
  meetOther();
  meetOther();
  tab.nowMs += 60_000;
  meetOther();
  expect(tab.loads).toEqual([1_000_000, 1_005_000, 1_065_000]);
});

test("a clock that is put back does not keep a page waiting", () => {
  const { tab, meetOther } = createTab(9_000_000);
  meetOther();
  tab.nowMs = 1_000_000;
  meetOther();
  expect(tab.loads).toEqual([9_000_000, 1_000_000]);
});
