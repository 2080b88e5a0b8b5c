import { expect, test } from "vitest";
import type { NewEntry } from "../../../main/ledger/entries.ts";
import type { IdSource } from "../../../main/ledger/ids.ts";
import type { Ledger } from "../../../main/ledger/open.ts";
import type { PaymentState } from "../../../main/ledger/payment-reads.ts";
import { paymentEntry, type PaymentMove, paymentMoves as moves, type TestPayment } from "./payments.ts";
import { cashSale } from "./sales.ts";
import { codeThrownBy, openTestLedger, seededIds, temporaryFolder } from "./support.ts";

type Sale = NewEntry & { type: "sale.settled" };

/** The design's section 5 written down once more: what may follow, and one way there. */
const states: Record<PaymentState, { path: readonly PaymentMove[]; next: readonly string[] }> = {
  created: { path: ["created"], next: ["sent", "declined", "reversing"] },
  sent: { path: ["created", "sent"], next: ["paid", "declined", "waiting", "unknown", "reversing"] },
  waiting: { path: ["created", "sent", "waiting"], next: ["paid", "declined", "unknown", "reversing"] },
  unknown: { path: ["created", "sent", "unknown"], next: ["paid", "declined", "waiting", "reversing"] },
  reversing: { path: ["created", "sent", "reversing"], next: ["reversed", "paid"] },
  paid: { path: ["created", "sent", "paid"], next: ["reversing"] },
  declined: { path: ["created", "sent", "declined"], next: [] },
  reversed: { path: ["created", "sent", "paid", "reversing", "reversed"], next: [] },
};

function newPayment(ids: IdSource, amountMinor = 1130): TestPayment {
  return { paymentId: ids.uuid(), saleId: ids.uuid(), amountMinor, currency: "CNY" };
}

/** A payment that has come as far as this state, in one call. */
function paymentIn(ledger: Ledger, ids: IdSource, state: PaymentState, payment = newPayment(ids)): TestPayment {
  ledger.append(states[state].path.map((move) => paymentEntry(ids, move, payment)));
  return payment;
}

/** A sale that these payments pay for. */
function walletSale(
  ledger: Ledger,
  ids: IdSource,
  payments: readonly TestPayment[],
  changes: Partial<Sale["body"]> = {},
) {
  const totalMinor = payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const sale = cashSale(ledger, ids, totalMinor);
  const postings = sale.body.postings.map((leg) => (leg.account === "cash:1" ? { ...leg, account: "suspense" } : leg));
  const tenders = payments.map(({ paymentId, amountMinor }) => {
    return { kind: "wallet" as const, amountMinor, paymentId, number: "12345678" };
  });
  const saleId = payments[0]?.saleId ?? sale.body.saleId;
  return { ...sale, body: { ...sale.body, saleId, postings, tenders, ...changes } };
}

function testLedger(): { ledger: Ledger; ids: IdSource } {
  return { ledger: openTestLedger(temporaryFolder()), ids: seededIds("payments") };
}

/** Whatever was refused has left no trace: no entry, no balance, no state, no receipt number. */
function expectNothingKept(ledger: Ledger, work: () => unknown): unknown {
  const stand = () => [ledger.head(), ledger.balances(), ledger.openPayments(), ledger.nextReceiptNumber()];
  const before = stand();
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  expect(stand()).toEqual(before);
  return thrown;
}

// A second writer, or a late answer that slips past the till's own memory, must not wake a payment that has ended.
test.each(Object.keys(states) as PaymentState[])(
  "a payment that is %s goes on as the design says whoever writes, and anything else leaves nothing behind",
  (state) => {
    const { ledger, ids } = testLedger();
    for (const move of moves) {
      const payment = paymentIn(ledger, ids, state);
      const entry = paymentEntry(ids, move, payment);
      if (states[state].next.includes(move)) {
        ledger.append([entry]);
        expect(ledger.payment(payment.paymentId)?.state).toBe(move);
        continue;
      }
      const refusal = expectNothingKept(ledger, () => ledger.append([cashSale(ledger, ids), entry]));
      expect(refusal).toMatchObject(
        states[state].next.length === 0
          ? { code: "payment.final", params: { number: "12345678" } }
          : { message: expect.stringContaining(`${state} cannot take payment.${move}`) },
      );
      expect(ledger.payment(payment.paymentId)?.state).toBe(state);
    }
  },
);

test("nothing follows within one call either, where the entry before it ended the payment", () => {
  const { ledger, ids } = testLedger();
  const payment = newPayment(ids);
  const entries = (["created", "sent", "declined", "paid"] as const).map((move) => paymentEntry(ids, move, payment));
  expectNothingKept(ledger, () => expect(codeThrownBy(() => ledger.append(entries))).toBe("payment.final"));
  expect(ledger.payment(payment.paymentId)).toBeUndefined();
});

test("an entry about a payment that was never created, or about another sale or amount of it, is refused", () => {
  const { ledger, ids } = testLedger();
  const sent = paymentIn(ledger, ids, "sent");
  const refused = (move: PaymentMove, payment: TestPayment) =>
    expectNothingKept(ledger, () => ledger.append([paymentEntry(ids, move, payment)]));
  expect(refused("sent", newPayment(ids))).toMatchObject({ message: /never created/ });
  expect(refused("unknown", { ...sent, saleId: ids.uuid() })).toMatchObject({ message: /another sale/ });
  expect(refused("paid", { ...sent, amountMinor: 1131 })).toMatchObject({ message: /another amount/ });
  expect(refused("paid", { ...sent, currency: "USD" })).toMatchObject({ message: /another amount/ });
});

test("an entry that is stored gives its answer again after the payment has gone on, and does not move it back", () => {
  const { ledger, ids } = testLedger();
  const payment = newPayment(ids);
  const entries = states.reversed.path.map((move) => paymentEntry(ids, move, payment));
  const stored = ledger.append(entries);
  expect(ledger.append(entries)).toEqual(stored);
  expect(ledger.append(entries.slice(2, 3))).toEqual(stored.slice(2, 3));
  expect(ledger.payment(payment.paymentId)?.state).toBe("reversed");
});

test("a sale is settled with payments that are paid, before it or in the same call", () => {
  const { ledger, ids } = testLedger();
  const before = paymentIn(ledger, ids, "paid");
  ledger.append([walletSale(ledger, ids, [before])]);
  const sent = paymentIn(ledger, ids, "sent");
  const second = paymentIn(ledger, ids, "paid", { ...newPayment(ids, 70), saleId: sent.saleId });
  ledger.append([paymentEntry(ids, "paid", sent), walletSale(ledger, ids, [sent, second])]);
  expect(ledger.recentSales(2).map(({ totalMinor, tenderKinds }) => [totalMinor, tenderKinds])).toEqual([
    [1200, ["wallet", "wallet"]],
    [1130, ["wallet"]],
  ]);
  expect(ledger.balances()).toContainEqual({ account: "suspense", currency: "CNY", amountMinor: 0 });
});

test.each((Object.keys(states) as PaymentState[]).filter((state) => state !== "paid"))(
  "no goods leave for a payment that is %s",
  (state) => {
    const { ledger, ids } = testLedger();
    const payment = paymentIn(ledger, ids, state);
    const refusal = expectNothingKept(ledger, () => ledger.append([walletSale(ledger, ids, [payment])]));
    expect(refusal).toMatchObject({ message: expect.stringContaining(`a payment that is ${state}, not paid`) });
  },
);

test("a sale cannot name a payment that is not there, another sale's, of another amount or currency, or twice", () => {
  const { ledger, ids } = testLedger();
  const paid = paymentIn(ledger, ids, "paid");
  const refused = (payments: readonly TestPayment[], changes: Partial<Sale["body"]> = {}) =>
    expectNothingKept(ledger, () => ledger.append([walletSale(ledger, ids, payments, changes)]));
  expect(refused([newPayment(ids)])).toMatchObject({ message: /not there/ });
  expect(refused([paid], { saleId: ids.uuid() })).toMatchObject({ message: /of another sale/ });
  expect(refused([{ ...paid, amountMinor: 1131 }])).toMatchObject({ message: /another amount/ });
  expect(refused([paid], { currency: "USD" })).toMatchObject({ message: /another amount/ });
  expect(refused([paid, paid])).toMatchObject({ message: /twice/ });
});

test("a payment pays for one sale only: its sale cannot be settled a second time under another entry", () => {
  const { ledger, ids } = testLedger();
  const paid = paymentIn(ledger, ids, "paid");
  ledger.append([walletSale(ledger, ids, [paid])]);
  const again = expectNothingKept(ledger, () => ledger.append([walletSale(ledger, ids, [paid])]));
  expect(again).toMatchObject({ message: expect.stringContaining("UNIQUE") });
});
