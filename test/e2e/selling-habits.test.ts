import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, type OpenShop } from "./support/open-shop.ts";
import type { StationHands } from "./support/station-hands.ts";
import type { CashierPage } from "./support/cashier-page.ts";

/**
 * What a cashier's hands learn: how many touches a sale takes, and that nothing moves under them. Everything is measured
 * in the page while real scans, payments and papers happen.
 */
let open: OpenShop;
let hands: StationHands;
let cashier: CashierPage;

beforeAll(async () => {
  open = await openShop();
  hands = open.hands("till");
  cashier = await open.openCashier();
  await cashier.page.evaluate(watchHandsAndLayout);
}, 120_000);

afterAll(async () => open?.close());

/** Runs in the page: counts touches, and keeps where the parts that must never move are in each frame that shows them. */
function watchHandsAndLayout(): void {
  const watched = { touches: 0, places: {} as Record<string, string[]>, shifts: [] as string[] };
  Object.assign(globalThis, { watched });
  addEventListener("pointerdown", () => (watched.touches += 1), { capture: true });
  const parts = { main: '[data-shortcut="main"]', total: "output", status: "header" };
  const look = () => {
    for (const [name, selector] of Object.entries(parts)) {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      if (box === undefined || box.height === 0) continue;
      // The total grows to the left with its digits; its lower edge is where the eye looks for it.
      const place = name === "total" ? `${Math.round(box.bottom)}` : `${Math.round(box.top)} ${Math.round(box.left)}`;
      const known = (watched.places[name] ??= []);
      if (!known.includes(place)) known.push(place);
    }
    requestAnimationFrame(look);
  };
  look();
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources?: { node?: Node }[] })[]) {
      for (const { node } of entry.sources ?? []) {
        const element = node instanceof Element ? node : node?.parentElement;
        // What can be touched, or holds something that can. Words within a key may make room for its reason.
        const targets = "button, a, input, select";
        const isTarget = element?.matches(targets) === true || (element?.querySelector(targets) ?? null) !== null;
        // Older lines rise as new ones come: that is what a bill does.
        const isLine = (element?.closest("ol, ul, [role=list]") ?? null) !== null;
        if (isTarget && !isLine)
          watched.shifts.push(`${element?.tagName ?? "?"}: ${element?.textContent?.slice(0, 60) ?? ""}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

type Watched = { touches: number; places: Record<string, string[]>; shifts: string[] };

function watched(): Promise<Watched> {
  return cashier.page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);
}

/** The touches that `act` takes. */
async function touchesOf(act: () => Promise<void>): Promise<number> {
  const before = (await watched()).touches;
  await act();
  return (await watched()).touches - before;
}

test("a scanned sale with a wallet code takes no touch, however often", async () => {
  const touches = await touchesOf(async () => {
    for (let sale = 0; sale < 3; sale += 1) {
      await hands.scan("Coffee");
      await hands.scan("Jasmine tea 500 ml");
      await cashier.totalIs("¥16.50");
      await hands.showWallet(20_00);
      await cashier.says("Paid by wallet");
    }
  });
  expect(touches).toBe(0);
});

test("exact cash takes one touch, from the first scan to the first scan of the next sale", async () => {
  const touches = await touchesOf(async () => {
    await hands.scan("Coffee");
    await cashier.totalIs("¥12.00");
    await cashier.key(/^Cash ¥12\.00/).click();
    await cashier.says("Paid in cash");
    await hands.scan("Jasmine tea 500 ml");
    await cashier.totalIs("¥4.50");
  });
  expect(touches).toBe(1);
});

test("a bank note takes two touches at most, and the key says the change before it is touched", async () => {
  const touches = await touchesOf(async () => {
    await cashier.key(/5\.50 back/).click();
    await cashier.says(/Stored on this till at/);
    await cashier.says("5.50");
  });
  expect(touches).toBeLessThanOrEqual(2);
});

test("total, main key and status line have one place through it all, and no key ever moved by itself", async () => {
  const { places, shifts } = await watched();
  expect(Object.keys(places).sort()).toEqual(["main", "status", "total"]);
  expect(Object.entries(places).filter(([, known]) => known.length > 1)).toEqual([]);
  expect([...new Set(shifts)]).toEqual([]);
});

test("no page has complained: no error, no violation of the content policy", () => {
  expect(open.complaints).toEqual([]);
});
