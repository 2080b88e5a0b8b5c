import { randomBytes } from "node:crypto";
import type { Currency } from "../../sync/protocol/money.ts";
import type { Database, Queryable } from "../database/database.ts";
import { bookTransfer } from "./transfers.ts";

/** A shopper's wallet. `id` is eight bytes in hexadecimal, the `sub` of its certificates; it names no person. */
export type Wallet = {
  id: string;
  shopperId: string;
  /** Canonical JSON of the names in both languages. */
  name: string;
  account: string;
  blocked: boolean;
  currency: Currency;
  balanceMinor: number;
};

type WalletRow = {
  id: string;
  shopper_id: string;
  name: string;
  account_id: string;
  blocked: boolean;
  currency: Currency;
  balance_minor: number;
};

const columns = `select w.id, w.shopper_id, w.name, w.account_id, w.blocked, a.currency, a.balance_minor
  from wallets w join accounts a on a.id = w.account_id`;

/** Opens a wallet with a first balance, once: for a shopper who has one, nothing changes. `name` is canonical JSON. */
export async function openWallet(
  database: Database,
  shopper: { id: string; name: string; currency: string; balanceMinor: number },
  at: Date,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const id = randomBytes(8).toString("hex");
    const account = `wallet:${id}`;
    const known = await transaction.query("select 1 from wallets where shopper_id = $1", [shopper.id]);
    if (known.rowCount !== 0) return;
    await transaction.query("insert into accounts (id, kind, currency) values ($1, 'wallet', $2)", [
      account,
      shopper.currency,
    ]);
    await transaction.query("insert into wallets (id, shopper_id, name, account_id) values ($1, $2, $3, $4)", [
      id,
      shopper.id,
      shopper.name,
      account,
    ]);
    const { currency, balanceMinor } = shopper;
    const legs = [
      { account, kind: "wallet" as const, amountMinor: balanceMinor },
      { account: `float:${currency}`, kind: "float" as const, amountMinor: -balanceMinor },
    ];
    await bookTransfer(transaction, { kind: "top-up", reference: `opening ${shopper.id}`, currency, legs, at });
  });
}

/** The wallet with this id, or null. */
export async function walletById(database: Queryable, id: string): Promise<Wallet | null> {
  return readWallet(await database.query<WalletRow>(`${columns} where w.id = $1`, [id]));
}

/** A shopper's wallet, or null. */
export async function walletOfShopper(database: Queryable, shopperId: string): Promise<Wallet | null> {
  return readWallet(await database.query<WalletRow>(`${columns} where w.shopper_id = $1`, [shopperId]));
}

function readWallet(result: { rows: WalletRow[] }): Wallet | null {
  const row = result.rows[0];
  if (row === undefined) return null;
  const { id, name, blocked, currency } = row;
  const { shopper_id: shopperId, account_id: account, balance_minor: balanceMinor } = row;
  return { id, shopperId, name, account, blocked, currency, balanceMinor };
}
