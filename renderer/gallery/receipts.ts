import type { MethodOutput, TillContract } from "../../main/contract/methods.ts";
import type { FoundPayment } from "../../main/contract/found-payment.ts";
import type { ReceiptRow, XReport } from "../../main/contract/manager.ts";
import { saleStates } from "./sale-states.ts";
import { galleryId, snapshots } from "./snapshots.ts";

const { selling } = snapshots;

/** Receipts of a busy hour: sales in cash, by wallet and by both, one given back, and its refund. */
export const receiptRows: readonly ReceiptRow[] = [
  { seq: 912, kind: "sale", time: "14:29:40", totalMinor: 9124, paidBy: "wallet" as const, number: 20700 },
  { seq: 905, kind: "refund", time: "14:21:12", totalMinor: 2600, paidBy: "cash" as const, number: 20699 },
  { seq: 899, kind: "sale", time: "14:12:55", totalMinor: 12895, paidBy: "mixed" as const, number: 20698 },
  { seq: 893, kind: "sale", time: "13:58:03", totalMinor: 2600, paidBy: "cash" as const, number: 20697, back: 20699 },
  { seq: 888, kind: "sale", time: "13:40:31", totalMinor: 450, paidBy: "cash" as const, number: 20696 },
  { seq: 880, kind: "refund", time: "13:36:20", totalMinor: 350, paidBy: "wallet" as const, number: 20695 },
  { seq: 874, kind: "sale", time: "13:31:02", totalMinor: 4890, paidBy: "wallet" as const, number: 20694, part: 350 },
].map(({ seq, kind, time, totalMinor, paidBy, number, back, part }) => ({
  seq,
  kind: kind as ReceiptRow["kind"],
  saleId: galleryId(seq),
  receiptCode: `2-${number}`,
  time: `2026-11-20T${time}.000+08:00`,
  totalMinor,
  paidBy,
  ...(back === undefined ? {} : { refundedBy: `2-${back}` }),
  ...(part === undefined ? {} : { refundedMinor: part }),
}));

type Opened = MethodOutput<TillContract, "receipts.open">;

/** A sale of the list as the till opens it: paid by wallet, with discounts, a deposit and an age that was checked. */
export const openedReceipt: Opened = {
  receipt: { ...receiptRows[0]!, totalMinor: saleStates.discounted.basket.totalMinor },
  basket: saleStates.discounted.basket,
  outcome: { ...snapshots.paid.outcome, totalMinor: saleStates.discounted.basket.totalMinor, receiptCode: "2-20700" },
};

/** A sale that was given back already. */
export const refundedReceipt: Opened = {
  receipt: receiptRows[3]!,
  basket: { ...selling.basket, lines: selling.basket.lines.slice(3, 4), totalMinor: 2600, dueMinor: 2600 },
  outcome: {
    ...snapshots.change.outcome,
    totalMinor: 2600,
    receiptCode: "2-20697",
    tenderedMinor: 3000,
    changeMinor: 400,
    roundingMinor: 0,
  },
};

/** An X report of the same day. */
export const xReport: XReport = {
  shift: galleryId(30),
  openedAt: "2026-11-20T08:01:12.000+08:00",
  openedBy: { en: "Chen Yu", "zh-CN": "陈宇" },
  at: "2026-11-20T14:31:24.000+08:00",
  currency: "CNY",
  firstReceipt: "2-20611",
  lastReceipt: "2-20700",
  sales: 88,
  salesMinor: 512_340,
  refunds: 2,
  refundsMinor: 5_200,
  netMinor: 507_140,
  discountsMinor: 8_960,
  depositsMinor: 1_200,
  roundingMinor: -34,
  abandoned: 3,
  abandonedMinor: 4_210,
  priceChanges: 2,
  ageChecks: 6,
  drawerOpenings: 31,
  taxes: [],
  tenders: [
    { kind: "cash", count: 31, amountMinor: 148_890 },
    { kind: "wallet", count: 57, amountMinor: 358_250 },
  ],
  payouts: [{ kind: "cash", count: 2, amountMinor: 5_200 }],
  commission: [],
  drawer: { floatMinor: 50_000, inMinor: 154_090, outMinor: 5_200, expectedMinor: 198_890 },
};

/** What a shopper's number finds: paid here, and undone at the next counter. */
export const foundPayments: FoundPayment[] = [
  {
    paymentId: galleryId(50),
    number: "40217796",
    rail: "wechat-pay",
    amountMinor: 3605,
    currency: "CNY",
    at: "2026-11-20T14:31:07.000+08:00",
    state: "paid",
    tillNumber: 2,
    receipt: { saleId: galleryId(51), receiptCode: "2-20701" },
  },
  {
    paymentId: galleryId(52),
    number: "40217796",
    rail: "alipay",
    amountMinor: 1200,
    currency: "CNY",
    at: "2026-11-18T09:12:40.000+08:00",
    state: "reversed",
    tillNumber: 1,
  },
];
