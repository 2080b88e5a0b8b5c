import { randomUUID } from "node:crypto";
import type { Queryable } from "../database/database.ts";
import { addMinor } from "../../sync/protocol/money.ts";

/**
 * What an account is for. A wallet never falls below zero; the float is what shoppers have paid in, as a negative, and a rail
 * is what lies at another company, as a negative too.
 */
export type AccountKind = "wallet" | "merchant" | "commission" | "float" | "rail";

/** One leg: positive puts money into the account. */
export type Leg = { account: string; kind: AccountKind; amountMinor: number };

/** A booking of one currency whose legs sum to zero. `kind` and `reference` together name it: it is booked once. */
export type Transfer = {
  kind: "top-up" | "charge" | "reversal" | "refund";
  reference: string;
  currency: string;
  legs: readonly Leg[];
  at: Date;
};

type AccountRow = { id: string; kind: AccountKind; currency: string; balance_minor: number };

/**
 * Books a transfer within the caller's transaction and gives its id, or null when a wallet has too little. Accounts
 * that are not there yet are made with zero first, because a lock on no row holds nobody back; then all are locked in
 * the order of their ids, so that two transfers never wait for each other.
 */
export async function bookTransfer(transaction: Queryable, transfer: Transfer): Promise<string | null> {
  if (addMinor(...transfer.legs.map((leg) => leg.amountMinor)) !== 0) throw new Error("The legs do not sum to zero");
  const legs = [...transfer.legs].sort((left, right) => (left.account < right.account ? -1 : 1));
  const accounts = await lockAccounts(transaction, legs, transfer.currency);
  const balances = legs.map((leg) => balanceAfter(accounts, leg, transfer.currency));
  if (legs.some((leg, index) => leg.kind === "wallet" && (balances[index] ?? 0) < 0)) return null;
  const id = randomUUID();
  await transaction.query("insert into transfers (id, kind, reference, at) values ($1, $2, $3, $4)", [
    id,
    transfer.kind,
    transfer.reference,
    transfer.at,
  ]);
  const names = legs.map((leg) => leg.account);
  await transaction.query(
    `update accounts a set balance_minor = t.balance from unnest($1::text[], $2::bigint[]) as t (id, balance)
     where a.id = t.id`,
    [names, balances],
  );
  await transaction.query(
    `insert into transfer_legs (transfer_id, account_id, amount_minor, currency, balance_after_minor)
     select $1, t.account, t.amount, $2, t.balance
     from unnest($3::text[], $4::bigint[], $5::bigint[]) as t (account, amount, balance)`,
    [id, transfer.currency, names, legs.map((leg) => leg.amountMinor), balances],
  );
  return id;
}

/** The legs that undo a transfer. */
export async function oppositeLegs(transaction: Queryable, transferId: string): Promise<Leg[]> {
  const result = await transaction.query<{ account: string; kind: AccountKind; amount_minor: number }>(
    `select l.account_id as account, a.kind, l.amount_minor from transfer_legs l
     join accounts a on a.id = l.account_id where l.transfer_id = $1`,
    [transferId],
  );
  return result.rows.map(({ account, kind, amount_minor }) => ({ account, kind, amountMinor: -amount_minor }));
}

async function lockAccounts(
  transaction: Queryable,
  legs: readonly Leg[],
  currency: string,
): Promise<Map<string, AccountRow>> {
  const names = legs.map((leg) => leg.account);
  await transaction.query(
    `insert into accounts (id, kind, currency)
     select t.id, t.kind, $3 from unnest($1::text[], $2::text[]) as t (id, kind) order by t.id
     on conflict do nothing`,
    [names, legs.map((leg) => leg.kind), currency],
  );
  const result = await transaction.query<AccountRow>(
    "select id, kind, currency, balance_minor from accounts where id = any($1::text[]) order by id for update",
    [names],
  );
  return new Map(result.rows.map((row) => [row.id, row]));
}

function balanceAfter(accounts: ReadonlyMap<string, AccountRow>, leg: Leg, currency: string): number {
  const account = accounts.get(leg.account);
  if (account === undefined || account.kind !== leg.kind || account.currency !== currency) {
    throw new Error(`The account ${leg.account} is not a ${leg.kind} account in ${currency}`);
  }
  return addMinor(account.balance_minor, leg.amountMinor);
}
