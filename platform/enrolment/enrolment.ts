import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { z } from "zod";
import type { enrolmentRequestSchema, enrolmentResponseSchema } from "../../sync/protocol/api.ts";
import { formatEnrolmentCode, parseEnrolmentCode } from "../../sync/protocol/enrolment-code.ts";
import type { Database, Queryable } from "../database/database.ts";
import { readEpoch } from "../database/state.ts";
import { PlatformError } from "../http/errors.ts";
import { addLedger } from "../ingest/new-ledger.ts";
import { keyIdOf } from "../keys.ts";
import type { Signer } from "../succession/succeed.ts";
import { followsOf, replaceTill } from "./replacement.ts";

type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;
type EnrolmentResponse = z.infer<typeof enrolmentResponseSchema>;
type CodeRow = { store_id: string; till_id: string | null; replaces: string | null; expired: boolean };
/** A till that a code is used for, and its ledgers with more to read than before. */
type EnrolledTill = { id: string; number: number; grown: readonly string[] };
type TillRow = {
  id: string;
  number: number;
  store_id: string;
  request_key: Buffer;
  journal_key: Buffer;
  ledger: string;
};

/** RFC 4648 base 32, the alphabet of an enrolment code's secret. */
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** 26 letters of base 32 are 130 bits: nobody guesses one while it is good. */
const secretLetters = 26;
const maximumTillNumber = 9999;

/**
 * Makes a code for one till of a store, or for one that takes the place of the store's till with the number `replaces`. Only the
 * hash of its secret is kept. `lifeMs` is how long it is good.
 * @throws PlatformError `not-found` where the store has no till to replace.
 */
export async function makeEnrolmentCode(
  database: Database,
  options: { storeId: string; replaces: number | null; rootHash: string; lifeMs: number; nowMs: number },
): Promise<{ code: string; expiresAt: string }> {
  const secret = Array.from(randomBytes(secretLetters), (byte) => base32[byte & 31]).join("");
  const expiresAt = new Date(options.nowMs + options.lifeMs);
  const { storeId, replaces: number } = options;
  await database.transaction(async (transaction) => {
    const replaces = number === null ? null : await tillByNumber(transaction, storeId, number);
    await transaction.query("insert into stores (id) values ($1) on conflict do nothing", [storeId]);
    await transaction.query(
      "insert into enrolment_codes (secret_hash, store_id, replaces, created_at, expires_at) values ($1, $2, $3, $4, $5)",
      [hashOf(secret), storeId, replaces, new Date(options.nowMs), expiresAt],
    );
  });
  return { code: formatEnrolmentCode({ secret, rootHash: options.rootHash }), expiresAt: expiresAt.toISOString() };
}

/**
 * Makes a till of a code, takes one back that had left the same store, or lets one take the place of a till whose disk is gone.
 * The same code with the same keys and ledger gives the same answer again, even after the code's end, because the first answer
 * may have been lost on its way. `grown` are ledgers with more to read than before.
 * @throws PlatformError `enrolment.code-unknown`, `enrolment.code-used`, `enrolment.code-expired`, or `request.invalid`
 * when a key or the ledger belongs to another till.
 */
export async function enrol(
  database: Database,
  request: EnrolmentRequest,
  signer: Signer,
): Promise<{ answer: EnrolmentResponse; grown: readonly string[] }> {
  const parsed = parseEnrolmentCode(request.code);
  // The whole code or the secret alone: the root's hash is for the till, which has checked it.
  const secretHash = hashOf(parsed?.secret ?? request.code);
  return database.transaction(async (transaction) => {
    const code = await lockCode(transaction, secretHash, signer.nowMs);
    const till =
      code.till_id === null
        ? await newTill(transaction, request, code, signer)
        : { ...(await knownTill(transaction, code.till_id, request)), grown: [] };
    if (code.till_id === null) {
      await transaction.query("update enrolment_codes set till_id = $2 where secret_hash = $1", [secretHash, till.id]);
    }
    const follows = code.replaces === null ? null : await followsOf(transaction, request.ledger);
    const answer = {
      tillId: till.id,
      tillNumber: till.number,
      storeId: code.store_id,
      rootKey: signer.root.publicKey,
      epoch: await readEpoch(transaction),
      ...(follows === null ? {} : { follows }),
    };
    return { answer, grown: till.grown };
  });
}

async function tillByNumber(transaction: Queryable, storeId: string, number: number): Promise<string> {
  const result = await transaction.query<{ id: string }>("select id from tills where store_id = $1 and number = $2", [
    storeId,
    number,
  ]);
  const id = result.rows[0]?.id;
  if (id === undefined) throw new PlatformError("not-found", `The store has no till ${number}`);
  return id;
}

async function lockCode(transaction: Queryable, secretHash: Buffer, nowMs: number): Promise<CodeRow> {
  const result = await transaction.query<CodeRow>(
    `select store_id, till_id, replaces, expires_at < $2 as expired from enrolment_codes
     where secret_hash = $1 for update`,
    [secretHash, new Date(nowMs)],
  );
  const code = result.rows[0];
  if (code === undefined) throw new PlatformError("enrolment.code-unknown", "No such enrolment code");
  if (code.till_id === null && code.expired) {
    throw new PlatformError("enrolment.code-expired", "The enrolment code has expired");
  }
  return code;
}

async function newTill(
  transaction: Queryable,
  request: EnrolmentRequest,
  code: CodeRow,
  signer: Signer,
): Promise<EnrolledTill> {
  const returning = await returningTill(transaction, request, code.store_id);
  if (returning === null && code.replaces !== null) return replaceTill(transaction, request, code.replaces, signer);
  const till = returning ?? (await createTill(transaction, request, code.store_id, signer.nowMs));
  // One whose disk is not gone after all goes on as it was, with a code for its own place.
  if (code.replaces === null || code.replaces === till.id) return { ...till, grown: [] };
  throw new PlatformError("request.invalid", "The code is for the place of another till");
}

async function knownTill(transaction: Queryable, tillId: string, request: EnrolmentRequest): Promise<TillRow> {
  const result = await transaction.query<TillRow>(
    `select t.id, t.number, t.store_id, t.request_key, l.journal_key, l.id as ledger
     from tills t join ledgers l on l.till_id = t.id where t.id = $1 and l.id = $2`,
    [tillId, request.ledger],
  );
  const till = result.rows[0];
  const same =
    till !== undefined &&
    till.request_key.toString("hex") === request.requestKey &&
    till.journal_key.toString("hex") === request.journalKey;
  if (!same) throw new PlatformError("enrolment.code-used", "Another till was enrolled with this code");
  return till;
}

/**
 * The till of this store that has this very ledger and these keys: one that had left its shop and comes back with a new
 * code. It keeps its number, because its receipts go on counting.
 */
async function returningTill(
  transaction: Queryable,
  request: EnrolmentRequest,
  storeId: string,
): Promise<{ id: string; number: number } | null> {
  const result = await transaction.query<{ id: string; number: number }>(
    `select t.id, t.number from tills t join ledgers l on l.till_id = t.id
     where t.store_id = $1 and l.id = $2 and t.request_key = $3 and l.journal_key = $4`,
    [storeId, request.ledger, Buffer.from(request.requestKey, "hex"), Buffer.from(request.journalKey, "hex")],
  );
  return result.rows[0] ?? null;
}

async function createTill(
  transaction: Queryable,
  request: EnrolmentRequest,
  storeId: string,
  nowMs: number,
): Promise<{ id: string; number: number }> {
  const counted = await transaction.query<{ number: number }>(
    "update stores set next_till_number = next_till_number + 1 where id = $1 returning next_till_number - 1 as number",
    [storeId],
  );
  const number = counted.rows[0]?.number;
  if (number === undefined || number > maximumTillNumber) {
    throw new PlatformError("request.invalid", "The store has no till number left");
  }
  const id = randomUUID();
  const requestKey = Buffer.from(request.requestKey, "hex");
  const till = await transaction.query(
    `insert into tills (id, store_id, number, request_key, request_key_id, enrolled_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (request_key_id) do nothing`,
    [id, storeId, number, requestKey, keyIdOf(requestKey), new Date(nowMs)],
  );
  if (till.rowCount !== 1) throw new PlatformError("request.invalid", "Another till has this request key");
  const { ledger, journalKey } = request;
  if (!(await addLedger(transaction, { id: ledger, tillId: id, journalKey }))) {
    throw new PlatformError("request.invalid", "Another till has this ledger");
  }
  return { id, number };
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(`suanpan enrolment 1 ${secret}`).digest();
}
