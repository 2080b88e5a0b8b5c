import type { RefundQuote } from "../../main/contract/refunds.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import type { OpenRefund, View } from "../cashier/view.ts";
import { openedReceipt } from "./receipts.ts";
import { saleStates } from "./sale-states.ts";
import { galleryId, snapshots } from "./snapshots.ts";

const { basket } = openedReceipt;
const deposits = basket.depositMinor;

/** What is left of the gallery's sale: of its third line nothing any more. */
const left: RefundQuote["left"] = {
  totalMinor: basket.totalMinor,
  mostAmountMinor: basket.totalMinor - deposits,
  lines: basket.lines.map(({ lineId, quantity, weightGrams }, index) => {
    if (weightGrams !== undefined) return { lineId, weightGrams };
    return { lineId, quantity: index === 2 ? 0 : (quantity ?? 0) };
  }),
};

/** What the gallery's till says of any choice: some goes back to the wallet. */
export const refundQuote: RefundQuote = {
  left,
  totalMinor: 2_315,
  walletMinor: 2_315,
  paymentNumber: "40217758",
  rail: "wallet",
  paidOutMinor: 0,
  roundingMinor: 0,
};

const refund: OpenRefund = {
  opened: openedReceipt,
  refundId: galleryId(300),
  left,
  chosen: {},
  reason: null,
  note: "",
};

const [first, , , fourth] = basket.lines;
const chosen = { [first?.lineId ?? ""]: first?.quantity ?? 1, [fourth?.lineId ?? ""]: 1 };

type Screen = { snapshot: Snapshot; view: Partial<View> };

function goods(change: Partial<OpenRefund>): Screen {
  return { snapshot: snapshots.selling, view: { panel: { kind: "refund", refund: { ...refund, ...change } } } };
}

function amount(entry: string, change: Partial<OpenRefund> = {}): Screen {
  const panel = { kind: "refund-amount" as const, refund: { ...refund, ...change } };
  return { snapshot: snapshots.selling, view: { panel, entry } };
}

/** A refund that a wallet gets, as far as the platform has come with it. */
function toWallet(walletState: "recorded" | "given-back" | "needs-you"): { snapshot: Snapshot } {
  const { outcome, ...selling } = saleStates.refunded;
  const wallet = { tender: "wallet" as const, walletMinor: 3_150, paymentNumber: "40217758", walletState };
  const amounts = { totalMinor: 3_150, changeMinor: 0, roundingMinor: 0, drawer: "none" as const };
  return { snapshot: { ...selling, outcome: { ...outcome, ...amounts, ...wallet } } };
}

const mixedOutcome = {
  ...saleStates.refunded.outcome,
  tender: "mixed" as const,
  totalMinor: 9_124,
  walletMinor: 4_124,
  cashMinor: 5_000,
  changeMinor: 5_000,
  roundingMinor: 0,
  paymentNumber: "40217758",
  walletState: "recorded" as const,
};

/** Sales that are given back: what is chosen, and how the money of it goes. */
export const refundScreens: Readonly<Record<string, { snapshot: Snapshot; view?: Partial<View> }>> = {
  refund: goods({}),
  "refund-chosen": goods({ chosen }),
  "refund-ready": goods({ chosen, reason: "faulty", note: "Leaks at the cap" }),
  "refund-amount": amount(""),
  "refund-amount-ready": amount("23.15", { reason: "faulty" }),
  "refund-amount-too-much": amount("999", { reason: "faulty" }),
  "refunded-wallet": toWallet("recorded"),
  "refunded-given-back": toWallet("given-back"),
  "refunded-needs-you": toWallet("needs-you"),
  "refunded-mixed": { snapshot: { ...saleStates.refunded, outcome: mixedOutcome } },
};
