import { type Bodies, isId, type KnownBody } from "../bodies.ts";
import { IdTable, NumberColumn, TextTable } from "../id-table.ts";
import type { BrokenParameters, Report } from "../reasons.ts";
import type { WalkedEntry } from "../walk.ts";
import type { Rule } from "./receipts.ts";

/** Where a payment stands. `loose`: a newer version had a hand in it, or it is broken already, and nothing is held against it. */
const states = ["loose", "created", "sent", "waiting", "paid", "declined", "unknown", "reversing", "reversed"] as const;

type State = (typeof states)[number];

/** Which state may follow on which. What was declined or reversed stays so. */
const mayFollow: Readonly<Record<State, readonly State[]>> = {
  loose: states,
  created: ["sent", "declined", "reversing"],
  sent: ["paid", "declined", "waiting", "unknown", "reversing"],
  waiting: ["paid", "declined", "unknown", "reversing"],
  unknown: ["paid", "declined", "waiting", "reversing"],
  reversing: ["reversed", "paid"],
  paid: ["reversing"],
  declined: [],
  reversed: [],
};

/** A payment as its entries tell it. */
export interface PaymentRecord {
  isLoose: boolean;
  state: string;
  createdSeq: number;
  lastSeq: number;
  /** 0 where it never was paid. */
  paidSeq: number;
  /** The newest reason that an entry gave. */
  reason: string | undefined;
}

/** Payments and where they stand. */
export interface PaymentRule extends Rule {
  record(paymentId: string): PaymentRecord | undefined;
}

type PaymentBody = Extract<KnownBody, { type: `payment.${string}` }>;

/**
 * Payments go only ways that there are, nothing is paid twice, and each wallet part of a sale is one payment that is
 * paid by then, of the same amount, and of that sale alone.
 */
export function createPaymentRule(report: Report): PaymentRule {
  const ids = new IdTable();
  const state = new NumberColumn();
  const amountMinor = new NumberColumn();
  const currency = new NumberColumn();
  const number = new NumberColumn();
  const seqs = { created: new NumberColumn(), last: new NumberColumn(), paid: new NumberColumn() };
  const reason = new NumberColumn();
  const isUsed = new NumberColumn();
  const currencies = new TextTable();
  const reasons = new TextTable();

  const stateOf = (index: number): State => states[state.get(index)] ?? "loose";
  const setState = (index: number, to: State): void => state.set(index, states.indexOf(to));

  /** What people find a payment by, for the words. */
  function paramsOf(index: number, more: BrokenParameters): BrokenParameters {
    const found = index === -1 ? 0 : number.get(index);
    return { number: found === 0 ? "" : String(found).padStart(8, "0"), ...more };
  }

  function wrong(seq: number, index: number, more: BrokenParameters): void {
    report({ seq, reason: "payment-state", params: paramsOf(index, more) });
  }

  function create(seq: number, body: Bodies["payment.created"]): void {
    const index = ids.add(body.paymentId);
    if (index === -1) {
      const known = ids.find(body.paymentId);
      if (stateOf(known) !== "loose") wrong(seq, known, { from: stateOf(known), to: "created" });
      setState(known, "loose");
      return;
    }
    setState(index, "created");
    amountMinor.set(index, body.amountMinor);
    currency.set(index, currencies.numberOf(body.currency));
    number.set(index, /^\d{1,15}$/.test(body.number) ? Number(body.number) : 0);
    for (const column of [seqs.created, seqs.last]) column.set(index, seq);
    for (const column of [seqs.paid, reason, isUsed]) column.set(index, 0);
  }

  /** Takes a payment out of what is looked at, and makes it known where it is not. */
  function loosen(paymentId: string): void {
    const added = ids.add(paymentId);
    setState(added === -1 ? ids.find(paymentId) : added, "loose");
  }

  function moneyDiffers(index: number, stated: { amountMinor: number; currency: string }): boolean {
    return stated.amountMinor !== amountMinor.get(index) || stated.currency !== currencies.text(currency.get(index));
  }

  function move(seq: number, { type, body }: PaymentBody): void {
    const index = ids.find(body.paymentId);
    const to = type.slice("payment.".length) as State;
    if (index === -1) {
      wrong(seq, index, { from: "none", to });
      loosen(body.paymentId);
      return;
    }
    const from = stateOf(index);
    if (from === "loose") return;
    if (!mayFollow[from].includes(to)) wrong(seq, index, { from, to });
    else if (to === "paid" && seqs.paid.get(index) !== 0) wrong(seq, index, { from: "paid", to });
    else if ((type === "payment.paid" || type === "payment.reversed") && moneyDiffers(index, body)) {
      const countedMinor = amountMinor.get(index);
      wrong(seq, index, { from, to, statedMinor: body.amountMinor, countedMinor, currency: body.currency });
    }
    setState(index, to);
    seqs.last.set(index, seq);
    if (to === "paid") seqs.paid.set(index, seq);
    const given = "reason" in body ? body.reason : "code" in body ? body.code : undefined;
    if (given !== undefined) reason.set(index, reasons.numberOf(given) + 1);
  }

  function spend(seq: number, paidIn: string, tender: { amountMinor: number; paymentId: string }): void {
    const index = ids.find(tender.paymentId);
    const from = index === -1 ? "none" : stateOf(index);
    const sale = { from, to: "sale" };
    if (from === "loose") return;
    if (from !== "paid") wrong(seq, index, sale);
    else if (isUsed.get(index) === 1) wrong(seq, index, { ...sale, from: "used" });
    else if (moneyDiffers(index, { amountMinor: tender.amountMinor, currency: paidIn })) {
      const countedMinor = amountMinor.get(index);
      wrong(seq, index, { ...sale, statedMinor: tender.amountMinor, countedMinor, currency: paidIn });
    }
    if (index !== -1) isUsed.set(index, 1);
  }

  function next({ seq, type, known, body }: WalkedEntry): void {
    if (known === undefined) {
      if (type.startsWith("payment.") && isId(body["paymentId"])) loosen(body["paymentId"]);
    } else if (known.type === "payment.created") {
      create(seq, known.body);
    } else if (isPayment(known)) {
      move(seq, known);
    } else if (known.type === "sale.settled") {
      for (const tender of known.body.tenders) {
        if (tender.kind === "wallet") spend(seq, known.body.currency, tender);
      }
    }
  }

  return {
    next,
    record(paymentId) {
      const index = ids.find(paymentId);
      if (index === -1) return undefined;
      return {
        isLoose: stateOf(index) === "loose",
        state: stateOf(index),
        createdSeq: seqs.created.get(index),
        lastSeq: seqs.last.get(index),
        paidSeq: seqs.paid.get(index),
        reason: reasons.text(reason.get(index) - 1),
      };
    },
  };
}

function isPayment(known: KnownBody): known is PaymentBody {
  return known.type.startsWith("payment.");
}
