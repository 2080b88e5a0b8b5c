import { commitNote } from "../../../../main/checkout/note.ts";
import { openShop, type Shop } from "./shop.ts";

/** What a till says of the note of a sale, and its entry. */
export interface WholeTill {
  folder: string;
  noted: { seq: number; id: string };
}

/** A closed till with rows in every table that is made from the journal, and with personal values. */
export function makeWholeTill(folder: string): WholeTill {
  const shop = openShop("whole till", folder);
  const { ledger, newId } = shop;
  const tillId = shop.enrol();
  shop.openShift(500);
  const sale = shop.sell(1130);
  shop.sellByWallet(2260);
  declinedPayment(shop);
  shop.refund(sale);
  const noted = sellWithNote(shop);
  sellWithNote(shop);
  shop.closeShift(400);
  const paper = { saleId: sale.body.saleId, receiptCode: "1-1", jobId: newId() };
  ledger.append([
    { id: newId(), type: "receipt.printed", body: { ...paper, proof: "printed", evidence: "" } },
    { id: newId(), type: "receipt.failed", body: { ...paper, code: "printer.offline" } },
    { id: newId(), type: "receipt.reprinted", body: { ...paper, copy: 2 } },
    { id: newId(), type: "till.signed-out", body: { tillId } },
    { id: newId(), type: "incident", body: { code: "disk.flush-failed", detail: "read back" } },
  ]);
  ledger.openBasket.save("basket");
  ledger.close();
  return { folder, noted };
}

/** A payment that got no answer first and was then declined. */
export function declinedPayment({ ledger, newId }: Shop): void {
  const payment = { paymentId: newId(), saleId: newId() };
  const money = { amountMinor: 990, currency: "CNY" as const };
  const created = { ...payment, ...money, rail: "wallet" as const, number: "87654321", codeHash: "d".repeat(64) };
  ledger.append([
    { id: newId(), type: "payment.created", body: created },
    { id: newId(), type: "payment.sent", body: payment },
    { id: newId(), type: "payment.unknown", body: { ...payment, reason: "platform.not-reached" } },
    { id: newId(), type: "payment.declined", body: { ...payment, code: "wallet.empty" } },
  ]);
}

/** A payment that was undone, after it was booked or before; its commission is taken back with it. */
export function reversedPayment({ ledger, newId }: Shop, isBooked: boolean): void {
  const payment = { paymentId: newId(), saleId: newId() };
  const money = { amountMinor: 700, currency: "CNY" as const };
  const legs = (sign: 1 | -1) => [
    { account: "wallet:online", ...money, amountMinor: sign * 690 },
    { account: "fee:wallet", ...money, amountMinor: sign * 10 },
    { account: "suspense", ...money, amountMinor: sign * -700 },
  ];
  const created = { ...payment, ...money, rail: "wallet" as const, number: "11112222", codeHash: "e".repeat(64) };
  ledger.append([
    { id: newId(), type: "payment.created", body: created },
    { id: newId(), type: "payment.sent", body: payment },
  ]);
  const paidAt = "2026-11-20T14:32:09.120+08:00";
  const paid = { ...payment, ...money, transactionId: "t-2", paidAt, commissionMinor: 10, postings: legs(1) };
  if (isBooked) ledger.append([{ id: newId(), type: "payment.paid", body: paid }]);
  ledger.append([
    { id: newId(), type: "payment.reversing", body: { ...payment, reason: "late" } },
    { id: newId(), type: "payment.reversed", body: { ...payment, ...money, postings: isBooked ? legs(-1) : [] } },
  ]);
}

/** A sale with a note, which stands beside its entry. */
export function sellWithNote({ ledger, makeSale }: Shop): { seq: number; id: string } {
  const sale = makeSale(200);
  const note = commitNote("For Mrs Li", (count) => new Uint8Array(count).fill(7));
  if (note === null) throw new Error("A note that is not empty has a commitment");
  const body = { ...sale.body, noteCommitment: note.commitment };
  const [stored] = ledger.append([{ ...sale, body }], () => ledger.privateValues.add(note.row(sale.id)));
  return { seq: stored?.seq ?? 0, id: sale.id };
}
