import { commitNote } from "../../../../main/checkout/note.ts";
import { openShop } from "./shop.ts";

/** What a till says of the note of a sale, and its entry. */
export interface WholeTill {
  folder: string;
  noted: { seq: number; id: string };
}

/** A closed till with rows in every table that is made from the journal, and with personal values. */
export function makeWholeTill(folder: string): WholeTill {
  const shop = openShop("whole till", folder);
  const { ledger, newId } = shop;
  const enrolled = { tillId: newId(), tillNumber: 3, storeId: "s", requestKeyId: "b".repeat(16) };
  ledger.append([{ id: newId(), type: "till.enrolled", body: { ...enrolled, platformRoot: "a".repeat(64) } }]);
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
    { id: newId(), type: "till.signed-out", body: { tillId: enrolled.tillId } },
    { id: newId(), type: "incident", body: { code: "disk.flush-failed", detail: "read back" } },
  ]);
  ledger.openBasket.save("basket");
  ledger.close();
  return { folder, noted };
}

function declinedPayment({ ledger, newId }: ReturnType<typeof openShop>): void {
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

function sellWithNote({ ledger, makeSale }: ReturnType<typeof openShop>): { seq: number; id: string } {
  const sale = makeSale(200);
  const note = commitNote("For Mrs Li", (count) => new Uint8Array(count).fill(7));
  if (note === null) throw new Error("A note that is not empty has a commitment");
  const body = { ...sale.body, noteCommitment: note.commitment };
  const [stored] = ledger.append([{ ...sale, body }], () => ledger.privateValues.add(note.row(sale.id)));
  return { seq: stored?.seq ?? 0, id: sale.id };
}
