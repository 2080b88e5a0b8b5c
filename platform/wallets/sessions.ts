import { createHash, randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { bearerOf } from "../authorisation/bearer.ts";
import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { walletById, type Wallet } from "./wallets.ts";

const lifeMs = 30 * 24 * 3_600_000;
/** Phones of one shopper that may be signed in at a time; one more signs the oldest out. */
const sessionsPerWallet = 10;
const secretBytes = 32;

/** Signs a phone in to a wallet for 30 days, and gives what it has to show. Only the hash of it is kept. */
export async function openSession(database: Database, walletId: string, nowMs: number): Promise<string> {
  const session = randomBytes(secretBytes).toString("base64url");
  await database.transaction(async (transaction) => {
    // Two phones at once are signed in one after the other, or both could pass the bound.
    await transaction.query("select 1 from wallets where id = $1 for update", [walletId]);
    await transaction.query(
      "insert into wallet_sessions (hash, wallet_id, created_at, expires_at) values ($1, $2, $3, $4)",
      [hashOf(session), walletId, new Date(nowMs), new Date(nowMs + lifeMs)],
    );
    await transaction.query("delete from wallet_sessions where wallet_id = $1 and expires_at <= $2", [
      walletId,
      new Date(nowMs),
    ]);
    await transaction.query(
      `delete from wallet_sessions where hash in (
         select hash from wallet_sessions where wallet_id = $1 order by position desc offset $2)`,
      [walletId, sessionsPerWallet],
    );
  });
  return session;
}

/**
 * The wallet whose session a request carries.
 * @throws PlatformError `auth.missing`, or `auth.invalid` for a session that is unknown or over.
 */
export async function walletOf(database: Queryable, request: FastifyRequest, nowMs: number): Promise<Wallet> {
  const result = await database.query<{ wallet_id: string }>(
    "select wallet_id from wallet_sessions where hash = $1 and expires_at > $2",
    [hashOf(bearerOf(request)), new Date(nowMs)],
  );
  const walletId = result.rows[0]?.wallet_id;
  const wallet = walletId === undefined ? null : await walletById(database, walletId);
  if (wallet === null) throw new PlatformError("auth.invalid", "This session is unknown or over");
  return wallet;
}

function hashOf(session: string): Buffer {
  return createHash("sha256").update(`suanpan wallet session 1 ${session}`).digest();
}
