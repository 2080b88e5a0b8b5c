import { createHash } from "node:crypto";
import type { z } from "zod";
import type { ChargeRequest, ChargeResponse, DeclineCode, reverseRequestSchema } from "../../sync/protocol/api.ts";
import type { VerificationKey } from "../../sync/protocol/crypto.ts";
import type { VerifiedSpendToken } from "../../sync/protocol/token.ts";
import type { Till } from "../authorisation/till-access.ts";
import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { requireOwnLedger } from "../ingest/push.ts";
import { refundedMinor } from "../refunds/refund-store.ts";
import { chargeResponse, finishCharge, isSameCharge, lockCharge, type ChargeRow } from "./charge-store.ts";
import { commissionOf, termsOf } from "./merchant-terms.ts";
import { readToken, type TokenReading } from "./read-token.ts";
import { bookTransfer, oppositeLegs, type Leg } from "./transfers.ts";
import { walletById, type Wallet } from "./wallets.ts";

/**
 * Charges a wallet by a token, once. The same request again gives the stored answer, however much later; the same id
 * with other content is refused. A token whose signature holds is used up when it is presented, whatever becomes of
 * the charge: a code that was declined for want of money cannot come back when there is some.
 * @throws PlatformError `request.invalid` when the id belongs to another charge, `ledger.not-yours`.
 */
export async function charge(
  database: Database,
  till: Till,
  request: ChargeRequest,
  platform: { issuingKeys: ReadonlyMap<string, VerificationKey>; nowMs: number },
): Promise<ChargeResponse> {
  const { token, ...content } = request;
  const tokenHash = createHash("sha256").update(token).digest();
  const reading = await readToken(token, platform.issuingKeys, platform.nowMs);
  const at = new Date(platform.nowMs);
  return database.transaction(async (transaction) => {
    await requireOwnLedger(transaction, till, content.ledger);
    const { row, isNew } = await lockCharge(transaction, till.id, content, tokenHash, at);
    if (!isSameCharge(row, till.id, content, tokenHash)) throw otherContent();
    if (isNew) return chargeResponse(await decide(transaction, till, row, reading, at));
    if (row.state === "reversed" && row.token_hash === null) {
      // The reversal came first: it stands, and this charge never will.
      return chargeResponse({ ...row, state: "declined", code: "payment.reversed" });
    }
    return chargeResponse(row);
  });
}

/**
 * Undoes a charge, as often as it is asked to, with one effect. One that has not arrived is stored as reversed, so
 * that it is declined when it does. One that was declined stays so: nothing was taken, which is what is answered.
 * @throws PlatformError `request.invalid` when the id belongs to another charge, or a refund has given back some of it,
 * `ledger.not-yours`.
 */
export async function reverse(
  database: Database,
  till: Till,
  request: z.infer<typeof reverseRequestSchema>,
  nowMs: number,
): Promise<ChargeResponse> {
  const at = new Date(nowMs);
  return database.transaction(async (transaction) => {
    await requireOwnLedger(transaction, till, request.ledger);
    const { row, isNew } = await lockCharge(transaction, till.id, request, null, at);
    // A till that goes on in a new ledger undoes what it had left open in the old one: both are its own.
    if (!isSameCharge(row, till.id, { ...request, ledger: row.ledger }, null)) throw otherContent();
    if (isNew) return chargeResponse(await finishCharge(transaction, row, { state: "reversed" }));
    if (row.state === "declined") return chargeResponse({ ...row, state: "reversed", taken_before: false });
    if (row.state !== "paid") return chargeResponse(row);
    // What a refund has given back cannot be given back again. No till asks: its sale was settled with this payment.
    if ((await refundedMinor(transaction, row.payment_id)) > 0) throw refundedAlready();
    return chargeResponse(await giveBack(transaction, row, at));
  });
}

async function decide(
  transaction: Queryable,
  till: Till,
  row: ChargeRow,
  reading: TokenReading,
  at: Date,
): Promise<ChargeRow> {
  const decline = (code: DeclineCode, walletId: string | null = null): Promise<ChargeRow> =>
    finishCharge(transaction, row, { state: "declined", code, wallet_id: walletId });
  if ("declined" in reading) return decline(reading.declined);
  const { token } = reading;
  const wallet = await walletById(transaction, token.walletId);
  if (wallet === null) return decline("wallet.unknown");
  if (!(await spendToken(transaction, token, row, at))) return decline("token.used", wallet.id);
  const obstacle = obstacleTo(row, token, wallet);
  if (obstacle !== null) return decline(obstacle, wallet.id);
  const commissionMinor = commissionOf(row.amount_minor, await termsOf(transaction, till.storeId, at));
  const legs = chargeLegs(till, row, wallet, commissionMinor);
  const { payment_id: reference, currency } = row;
  const transferId = await bookTransfer(transaction, { kind: "charge", reference, currency, legs, at });
  if (transferId === null) return decline("wallet.insufficient", wallet.id);
  return finishCharge(transaction, row, {
    state: "paid",
    wallet_id: wallet.id,
    transfer_id: transferId,
    paid_at: at,
    taken_before: true,
    commission_minor: commissionMinor,
  });
}

/**
 * Writes the token's id down for ever, and says whether it was not there. The id counts within its wallet: a wallet
 * makes its own ids, and could otherwise use up another's.
 */
async function spendToken(
  transaction: Queryable,
  token: VerifiedSpendToken,
  row: ChargeRow,
  at: Date,
): Promise<boolean> {
  const result = await transaction.query(
    `insert into spent_tokens (wallet_id, cti, counter, payment_id, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [token.walletId, token.cti, token.counter, row.payment_id, at],
  );
  return result.rowCount === 1;
}

function obstacleTo(row: ChargeRow, token: VerifiedSpendToken, wallet: Wallet): DeclineCode | null {
  if (wallet.blocked) return "wallet.blocked";
  if (wallet.currency !== row.currency) return "currency.mismatch";
  if (token.cap === undefined) return null;
  if (token.cap.currency !== row.currency) return "currency.mismatch";
  return row.amount_minor > token.cap.amountMinor ? "token.above-limit" : null;
}

/** From the wallet to the store, less what the platform keeps. */
function chargeLegs(till: Till, row: ChargeRow, wallet: Wallet, commissionMinor: number): Leg[] {
  const { currency } = row;
  return [
    { account: wallet.account, kind: "wallet", amountMinor: -row.amount_minor },
    {
      account: `merchant:${till.storeId}:${currency}`,
      kind: "merchant",
      amountMinor: row.amount_minor - commissionMinor,
    },
    { account: `commission:${currency}`, kind: "commission", amountMinor: commissionMinor },
  ];
}

/** Books back what a paid charge took. */
export async function giveBack(transaction: Queryable, row: ChargeRow, at: Date): Promise<ChargeRow> {
  if (row.transfer_id === null) throw new Error(`The paid charge ${row.payment_id} has no transfer`);
  const legs = await oppositeLegs(transaction, row.transfer_id);
  const { payment_id: reference, currency } = row;
  const transferId = await bookTransfer(transaction, { kind: "reversal", reference, currency, legs, at });
  if (transferId === null) throw new Error(`The charge ${row.payment_id} cannot be given back`);
  return finishCharge(transaction, row, { state: "reversed" });
}

/** The refusal of a reversal of what a refund has given back, all or a part. */
export function refundedAlready(): PlatformError {
  return new PlatformError("request.invalid", "A refund has given back some of this payment");
}

/** The refusal of a request whose id is that of another charge. */
export function otherContent(): PlatformError {
  return new PlatformError("request.invalid", "This payment id belongs to another charge");
}
