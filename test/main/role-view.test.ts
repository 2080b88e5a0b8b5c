import fc from "fast-check";
import { expect, test } from "vitest";
import { tillContract, type Role } from "../../main/contract/methods.ts";
import { snapshotSchema, type Snapshot } from "../../main/contract/snapshot.ts";
import { viewFor } from "../../main/role-view.ts";

/** Stands in every place that a shopper must not read; wherever it turns up in a view, something private did. */
const secret = "secret-of-the-shop";
const secretId = "0192f3c0-0000-7000-8000-0000000000aa";
const secretMinor = 987_654_321;
const id = "0192f3c0-0000-7000-8000-000000000001";
const at = "2026-11-20T14:32:09.120+08:00";
const names = { en: "Tea", "zh-CN": "茶" };
const secretNames = { en: secret, "zh-CN": secret };
const fault = { code: "printer.offline" as const, params: { detail: secret } };

const basket: Snapshot["basket"] = {
  saleId: id,
  lines: [],
  addedCount: 0,
  itemCount: 0,
  taxes: [],
  discountMinor: 0,
  depositMinor: 0,
  age: { minimum: 18, bornOnOrBefore: "2008-11-20", checked: { at, by: secretNames } },
  note: secret,
  totalMinor: 0,
  dueMinor: 0,
  cash: { dueMinor: 0, suggestions: [] },
};

const outcome: NonNullable<Snapshot["outcome"]> = {
  kind: "sale",
  saleId: id,
  receiptCode: "1-1",
  totalMinor: 0,
  tender: "cash",
  storedAt: at,
  print: "failed",
  printFault: { code: "printer.out-of-paper", params: {} },
  copies: 1,
  drawer: "none",
};

const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    outcome: fc.boolean(),
    notice: fc.boolean(),
    undoing: fc.boolean(),
    lastSale: fc.boolean(),
    mode: fc.constantFrom("till" as const, "kiosk" as const),
  })
  .map((there): Snapshot => ({
    run: "run",
    version: 1,
    till: {
      number: 1,
      ledger: id,
      store: names,
      address: names,
      currency: "CNY",
      zone: "Asia/Shanghai",
      ...(there.mode === "till" ? { cashier: names } : {}),
      mode: there.mode,
      businessDay: "2026-11-20",
      priceIncludesTax: true,
    },
    locale: "en",
    catalogCursor: 1,
    categories: [],
    basket,
    ...(there.outcome ? { outcome } : {}),
    ...(there.undoing ? { undoing: 7 } : {}),
    staff: {
      ...(there.lastSale ? { lastSale: { saleId: secretId, receiptCode: secret } } : {}),
      parked: [{ saleId: secretId, at, itemCount: 1, totalMinor: secretMinor, goods: [secretNames] }],
      catalog: { items: secretMinor },
    },
    ...(there.notice
      ? {
          notice: {
            id: 1,
            tone: "info" as const,
            fault: { code: "receipt.scanned" as const, params: {} },
            at,
            open: { saleId: secretId },
          },
        }
      : {}),
    devices: [{ id: "printer", kind: "printer", state: "degraded", place: secret }],
    sync: {
      state: "paused",
      salesWaiting: secretMinor,
      moneyWaitingMinor: secretMinor,
      offlineSince: at,
      lastContactAt: at,
      fault,
    },
  }));

test("a window of shoppers is told nothing of the shop's own, whatever there is to tell", () => {
  fc.assert(
    fc.property(anySnapshot, fc.constantFrom("kiosk", "customer"), (snapshot, role) => {
      const view = viewFor(role, snapshot);
      expect(snapshotSchema.parse(view)).toEqual(view);
      const text = JSON.stringify(view);
      for (const word of [secret, secretId, String(secretMinor)]) expect(text).not.toContain(word);
      expect(view).not.toHaveProperty("staff");
      expect(view).not.toHaveProperty("undoing");
      expect(view.sync).toEqual({ state: snapshot.sync.state, salesWaiting: 0, moneyWaitingMinor: 0 });
    }),
  );
});

test("the second display says no word to the cashier; the kiosk says what is wrong with its scan and its paper", () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const customer = viewFor("customer", snapshot);
      expect(customer).not.toHaveProperty("notice");
      expect(customer.outcome?.printFault).toBeUndefined();
      const kiosk = viewFor("kiosk", snapshot);
      expect(kiosk.notice?.fault).toEqual(snapshot.notice?.fault);
      expect(kiosk.outcome).toEqual(snapshot.outcome);
    }),
  );
});

test("the shop's own people see all of it", () => {
  fc.assert(
    fc.property(anySnapshot, fc.constantFrom("cashier", "manager", "tool"), (snapshot, role) => {
      expect(viewFor(role, snapshot)).toEqual(snapshot);
    }),
  );
});

// What is opened to a shopper's window is opened to every shopper: each method more is a decision, and is made here too.
test("windows of shoppers may ask for their own sale and for nothing of the shop's", () => {
  const of = (role: Role) =>
    Object.entries(tillContract.methods).flatMap(([name, { roles }]) => (roles.includes(role) ? [name] : []));
  expect(of("customer")).toEqual(["till.snapshot"]);
  expect(of("kiosk")).toEqual([
    "till.snapshot",
    "catalog.tiles",
    "catalog.tile",
    "catalog.search",
    "basket.scan",
    "basket.add",
    "basket.set-quantity",
    "basket.remove-line",
    "basket.confirm-age",
    "basket.remove-age-limited",
    "sale.abandon",
    "sale.next",
    "payment.ask-again",
    "receipt.print",
    "notice.dismiss",
    "settings.set-locale",
  ]);
});
