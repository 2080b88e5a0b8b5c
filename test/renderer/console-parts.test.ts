import { expect, test } from "vitest";
import type { OperatorPayment, OperatorTill } from "../../sync/protocol/operator-api.ts";
import { sumsByCurrency } from "../../renderer/console/currency.ts";
import { mergePayments, withNewestPayments } from "../../renderer/console/payments.ts";
import { addressOfConsole, consoleOfAddress } from "../../renderer/console/routing.ts";
import { isSeenNow, newestLedgers, stateOfTill } from "../../renderer/console/till-states.ts";
import type { ConsoleView } from "../../renderer/console/desk-state.ts";

const now = "2026-11-20T12:00:00.000Z";

const till: OperatorTill = {
  tillId: "t",
  tillNumber: 1,
  storeId: "s",
  ledger: "l",
  enrolledAt: now,
  lastSeenAt: "2026-11-20T11:59:30.000Z",
  head: { seq: 1, hash: "00" },
  sales: 0,
  refunds: 0,
  totalMinor: 0,
  walletMinor: 0,
  cashMinor: 0,
  needsYou: 0,
  held: 0,
  revoked: false,
  forked: false,
};

test("a till's state is the worst that is so of it: an operator does not read Heard over what needs somebody", () => {
  const { lastSeenAt: _seen, ...unseen } = till;
  expect(stateOfTill(till, now)).toBe("heard");
  expect(stateOfTill({ ...till, lastSeenAt: "2026-11-20T11:49:59.000Z" }, now)).toBe("quiet");
  expect(stateOfTill(unseen, now)).toBe("never");
  expect(stateOfTill({ ...till, needsYou: 1 }, now)).toBe("needs-you");
  expect(stateOfTill({ ...till, needsYou: 1, forked: true }, now)).toBe("forked");
  expect(stateOfTill({ ...till, needsYou: 1, forked: true, revoked: true }, now)).toBe("revoked");
  expect([isSeenNow(till, now), isSeenNow(unseen, now)]).toEqual([true, false]);
});

test("a till that went on in a new ledger counts as one till, and as the newest of its ledgers says", () => {
  const older = { ...till, revoked: true };
  const newer = { ...till, ledger: "m" };
  const other = { ...till, tillId: "u", ledger: "n" };
  expect(newestLedgers([older, newer, other])).toEqual([newer, other]);
});

function payment(position: number, state: OperatorPayment["state"] = "paid"): OperatorPayment {
  return {
    position,
    paymentId: `p-${position}`,
    number: "40217758",
    storeId: "s",
    tillNumber: 1,
    amountMinor: 100,
    currency: "CNY",
    state,
    rail: "wallet",
    at: now,
  };
}

test("payments join without a gap, and one that was given back since is shown as it is now", () => {
  const known = [payment(3), payment(2), payment(1)];
  const joined = withNewestPayments(known, [payment(4), payment(3, "reversed")]);
  expect(joined.map(({ position, state }) => `${position} ${state}`)).toEqual([
    "4 paid",
    "3 reversed",
    "2 paid",
    "1 paid",
  ]);
  expect(withNewestPayments(known, [payment(9)]).map(({ position }) => position)).toEqual([9]);
  expect(mergePayments([payment(3)], [payment(2), payment(1)]).map(({ position }) => position)).toEqual([3, 2, 1]);
});

test("amounts of different currencies are never added to each other", () => {
  const accounts = [
    { currency: "CNY" as const, balanceMinor: 100 },
    { currency: "JPY" as const, balanceMinor: 7 },
    { currency: "CNY" as const, balanceMinor: -30 },
  ];
  expect(sumsByCurrency(accounts)).toEqual([
    { currency: "CNY", amountMinor: 70 },
    { currency: "JPY", amountMinor: 7 },
  ]);
});

test("every part of the console has an address that leads back to it", () => {
  const views: ConsoleView[] = [
    { section: "overview" },
    { section: "payments" },
    { section: "chat", threadId: "t", about: "entry 7 of till 2" },
  ];
  for (const view of views) expect(consoleOfAddress(addressOfConsole(view))).toEqual(view);
  expect(consoleOfAddress("#token=x")).toEqual({ section: "overview" });
});
