import { join } from "node:path";
import { expect, test } from "vitest";
import { readKnownEntry } from "../../../main/ledger/entries.ts";
import type { Ledger } from "../../../main/ledger/open.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { CodePayments } from "../../../main/payment/code-payments.ts";
import { createTimersByHand } from "../../support/by-hand-timers.ts";
import { openTestLedger, seededIds, temporaryFolder } from "../ledger/support.ts";
import { settled } from "./paying-till.ts";
import { ScriptedWallet } from "./scripted-wallet.ts";

const ids = seededIds("commission");
const currency = "CNY" as const;

/** Wallet payments over a real ledger, whose sales are settled elsewhere. */
function takePayments(ledger: Ledger, wallet: ScriptedWallet): CodePayments {
  return new CodePayments({
    ledger: ledger.identity.ledger,
    append: (entries) => void ledger.append(entries),
    booked: (paymentId) => ledger.bookedOfPayment(paymentId),
    requests: wallet,
    clock: { now: () => 0, format: String },
    timers: createTimersByHand(),
    newId: () => ids.uuid(),
    random: () => 0.5,
    settle: (paid) => void ledger.append([paid]),
    park: () => expect.unreachable("nothing is set aside"),
    refused: (code) => expect.unreachable(code),
    paidAside: () => expect.unreachable("nothing is set aside"),
    undoRefused: (_request, code) => expect.unreachable(code),
    returned: () => {},
    changed: () => {},
    failed: (error) => expect.unreachable(String(error)),
  });
}

function sale(amountMinor: number) {
  return { saleId: ids.uuid(), amountMinor, currency, token: "PT1:CODE", rail: "wallet" as const };
}

/** Accounts that hold something. */
function held(ledger: Ledger): Record<string, number> {
  const balances = ledger.balances().filter(({ amountMinor }) => amountMinor !== 0);
  return Object.fromEntries(balances.map(({ account, amountMinor }) => [account, amountMinor]));
}

// The owner holds the month's commission against what the platform pays out.
test("what the platform keeps is booked apart, and the books say so after a rebuild, too", async () => {
  const folder = temporaryFolder();
  const ledger = openTestLedger(folder);
  const wallet = new ScriptedWallet();
  const payments = takePayments(ledger, wallet);
  wallet.commissionMinor = 12;
  await payments.start(sale(2000));
  expect(held(ledger)).toEqual({ "wallet:online": 1988, "fee:wallet": 12, suspense: -2000 });
  wallet.commissionMinor = 0;
  await payments.start(sale(100));
  delete wallet.commissionMinor;
  await payments.start(sale(1));
  const all = { "wallet:online": 2089, "fee:wallet": 12, suspense: -2101 };
  expect(held(ledger)).toEqual(all);
  const paid = [...ledger.entriesAfter(0, { maximumCount: 100, maximumBytes: 1e6 })]
    .map(({ text }) => readKnownEntry(text))
    .flatMap((entry) => (entry?.type === "payment.paid" ? [entry.body.commissionMinor] : []));
  expect(paid).toEqual([12, 0, undefined]);
  ledger.rebuild();
  expect(held(ledger)).toEqual(all);
  ledger.close();
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true });
});

test("a commission that is the whole amount is booked, one above it is not believed and the payment stays open", async () => {
  const ledger = openTestLedger(temporaryFolder());
  const wallet = new ScriptedWallet();
  const payments = takePayments(ledger, wallet);
  wallet.commissionMinor = 101;
  await expect(payments.start(sale(100))).rejects.toMatchObject({ code: "platform.bad-answer" });
  expect(payments.open?.state).toBe("unknown");
  expect(held(ledger)).toEqual({});
  wallet.commissionMinor = 100;
  await payments.askAgain(payments.open?.paymentId ?? "");
  expect(held(ledger)).toEqual({ "fee:wallet": 100, suspense: -100 });
});

// A till that crashed between booking a payment and undoing it must not keep the fee of a payment that never was.
test("a paid payment that is reversed gives back exactly what was booked, after a restart, too", async () => {
  const folder = temporaryFolder();
  const before = openTestLedger(folder);
  const wallet = new ScriptedWallet();
  wallet.commissionMinor = 7;
  const { saleId, ...rest } = sale(1000);
  await takePayments(before, wallet).start({ saleId, ...rest });
  const [payment] = before.paymentsOfSale(saleId);
  const paymentId = payment?.paymentId ?? "";
  before.append([{ id: ids.uuid(), type: "payment.reversing", body: { paymentId, saleId, reason: "restart" } }]);
  before.close();
  const ledger = openTestLedger(folder);
  takePayments(ledger, wallet).resume(ledger.openPayments(), {
    openSaleId: "",
    isParked: () => false,
    setsAside: true,
  });
  await settled();
  expect(ledger.payment(paymentId)?.state).toBe("reversed");
  expect(held(ledger)).toEqual({});
  expect(ledger.bookedOfPayment(paymentId)).toEqual([]);
  ledger.close();
  expect(await verifyLedger({ database: join(folder, "ledger.db") })).toMatchObject({ ok: true });
});

test("an undone payment that was never booked books nothing", async () => {
  const ledger = openTestLedger(temporaryFolder());
  const wallet = new ScriptedWallet();
  wallet.commissionMinor = 7;
  wallet.fates = ["reply-lost"];
  const payments = takePayments(ledger, wallet);
  await payments.start(sale(1000));
  payments.undo(payments.open?.paymentId ?? "");
  await settled();
  expect(held(ledger)).toEqual({});
  expect(ledger.openPayments()).toEqual([]);
});
