import type { ChatReceipt } from "../../sync/protocol/chat.ts";
import type { EntryFields } from "../../sync/protocol/entry.ts";
import type { EntryBody } from "../../sync/protocol/entry-types.ts";
import { storeNames, storesByIds, taxClassesByIds } from "../changes/known-things.ts";
import type { Queryable } from "../database/database.ts";
import { deliverCard, isDelivered } from "./messages.ts";
import { refundCard, saleCard, type CardContext } from "./receipt-card.ts";
import { shopperThread } from "./threads.ts";

type Subject =
  | { kind: "sale"; body: EntryBody<"sale.settled"> }
  | { kind: "refund"; body: EntryBody<"refund.settled"> };

/** The entry whose receipt goes out, and where it stands. */
export type ReceiptEntry = {
  place: { storeId: string; ledger: string; seq: number; hash: string };
  fields: EntryFields;
  subject: Subject;
};

/**
 * Puts the receipt of a sale or a refund into the chat of the shopper whose wallet paid the sale, once however often the
 * entry is read, in the caller's transaction. A sale that no wallet has paid, as far as is known now, has nobody to go to.
 */
export async function deliverReceipt(transaction: Queryable, entry: ReceiptEntry, at: Date): Promise<void> {
  const { place, subject } = entry;
  const subjectId = subject.kind === "sale" ? subject.body.saleId : subject.body.refundId;
  if (await isDelivered(transaction, subjectId)) return;
  const walletId = await payingWallet(transaction, place.storeId, subject.body.saleId);
  if (walletId === null) return;
  const card = await makeCard(transaction, entry);
  const thread = await shopperThread(transaction, place.storeId, walletId, at);
  await deliverCard(transaction, thread, subjectId, card, at);
}

/** The wallet that paid a sale of this store: of several, the one that was named first. */
async function payingWallet(transaction: Queryable, storeId: string, saleId: string): Promise<string | null> {
  const result = await transaction.query<{ wallet_id: string }>(
    `select c.wallet_id from sales s
     join tenders d on d.ledger = s.ledger and d.seq = s.seq
     join charges c on c.payment_id = d.payment_id
     join tills t on t.id = s.till_id
     where s.sale_id = $2 and s.kind = 'sale' and not s.training and t.store_id = $1
       and c.sale_id = s.sale_id and c.till_id = s.till_id and c.state = 'paid' and c.wallet_id is not null
     order by s.position, d.position limit 1`,
    [storeId, saleId],
  );
  return result.rows[0]?.wallet_id ?? null;
}

async function makeCard(transaction: Queryable, { place, fields, subject }: ReceiptEntry): Promise<ChatReceipt> {
  const stores = await storesByIds(transaction, [place.storeId]);
  const classes = subject.body.taxes.map((tax) => tax.taxClass);
  const context: CardContext = {
    entry: place,
    fields,
    store: storeNames(stores.get(place.storeId), place.storeId).name,
    taxClasses: await taxClassesByIds(transaction, classes),
  };
  return subject.kind === "sale" ? saleCard(subject.body, context) : refundCard(subject.body, context);
}
