import type { EntryBody, Tender } from "../../sync/protocol/entry-types.ts";
import type { Outcome } from "../contract/snapshot.ts";
import type { Ledger } from "../ledger/open.ts";
import type { PlatformAnswer } from "../ledger/work/platform-answers.ts";
import type { PrintJobState } from "../ledger/work/print-jobs.ts";
import type { PaperStand } from "../receipt/print-desk.ts";
import type { Settled } from "./settled.ts";
import { paidBy } from "../sale/paid-by.ts";

const printStates: Readonly<Record<PrintJobState, Outcome["print"]>> = {
  waiting: "waiting",
  sending: "printing",
  printed: "printed",
  probably: "probably",
  unknown: "unknown",
  failed: "failed",
};

/** A settled sale or refund as pages show its end, with its paper as this run knows it or as the journal tells. */
export function outcomeView(settled: Settled, stand: PaperStand | undefined, ledger: Ledger): Outcome {
  const paper = paperView(stand ?? paperOf(ledger, settled.saleId));
  const { saleId, time: storedAt, body } = settled;
  const shared = { saleId, receiptCode: body.receiptCode, totalMinor: body.totalMinor, storedAt, ...paper };
  if (settled.kind === "sale") return { kind: "sale", ...shared, ...tenderView(settled.body.tenders) };
  const { originalReceiptCode } = settled.body;
  const answer = ledger.platformAnswers.answer(settled.ledger, settled.seq);
  return { kind: "refund", ...shared, originalReceiptCode, ...payoutView(settled.body, answer) };
}

/** How the money of a refund goes back. The wallet has it when the platform says so of this entry, and not before. */
function payoutView(
  { payouts = [], paidOutMinor, roundingMinor }: EntryBody<"refund.settled">,
  answer: PlatformAnswer | undefined,
): Pick<Outcome, "tender"> & Partial<Outcome> {
  const drawer = { changeMinor: paidOutMinor, roundingMinor };
  const wallets = payouts.filter((payout) => payout.kind === "wallet");
  const [wallet] = wallets;
  if (wallet === undefined) return { tender: "cash", ...drawer };
  const cash = payouts.find((payout) => payout.kind === "cash");
  return {
    tender: cash === undefined ? "wallet" : "mixed",
    ...(cash === undefined ? {} : { cashMinor: cash.amountMinor }),
    walletMinor: wallets.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    paymentNumber: wallet.number,
    walletState: walletState(answer),
    ...drawer,
  };
}

/** Another company's wallet that has not said its last word needs nobody of the shop. */
function walletState(answer: PlatformAnswer | undefined): NonNullable<Outcome["walletState"]> {
  if (answer === undefined || answer.code === "refund.pending") return "recorded";
  return answer.state === "settled" ? "given-back" : "needs-you";
}

function tenderView(tenders: readonly Tender[]): Pick<Outcome, "tender"> & Partial<Outcome> {
  const cash = tenders.find((tender) => tender.kind === "cash");
  const wallet = tenders.find((tender) => tender.kind === "wallet");
  const isMixed = cash !== undefined && wallet !== undefined;
  return {
    tender: paidBy(tenders.map((tender) => tender.kind)),
    ...(isMixed ? { cashMinor: cash.amountMinor, walletMinor: wallet.amountMinor } : {}),
    ...(cash === undefined
      ? {}
      : { tenderedMinor: cash.tenderedMinor, changeMinor: cash.changeMinor, roundingMinor: cash.roundingMinor }),
    ...(wallet === undefined ? {} : { paymentNumber: wallet.number }),
    ...(wallet?.rail === undefined ? {} : { rail: wallet.rail }),
  };
}

/** How paper stands, in the words of the contract. */
export function paperView(paper: PaperStand | undefined): Pick<Outcome, "print" | "printFault" | "copies" | "drawer"> {
  if (paper === undefined) return { print: "none", copies: 1, drawer: "none" };
  const { print, fault, copies, drawer } = paper;
  return { print: printStates[print], ...(fault === undefined ? {} : { printFault: fault }), copies, drawer };
}

/**
 * The paper of a sale as an earlier run of the till left it: from the journal, or from a job that still waits. Undefined
 * where nothing was printed and nothing waits to be.
 */
export function paperOf(ledger: Ledger, saleId: string): PaperStand | undefined {
  const prints = ledger.prints(saleId);
  const last = prints.findLast((print) => print.kind !== "reprinted");
  const copies = Math.max(1, ...prints.map((print) => print.copy ?? 1));
  if (last === undefined) {
    const isWaiting = ledger.printJobs.jobsIn("waiting", 100).some((job) => job.saleId === saleId);
    return isWaiting || prints.length > 0 ? { print: "waiting", copies, drawer: "none" } : undefined;
  }
  if (last.kind === "failed") return { print: "failed", copies, drawer: "none" };
  const proofs = ["printed", "probably", "unknown"] as const;
  return { print: proofs.find((proof) => proof === last.outcome) ?? "unknown", copies, drawer: "none" };
}
