import { randomBytes } from "node:crypto";
import type { Queryable } from "./database.ts";

/** The platform's epoch: 1, and one more for each time that it went on from a backup. */
export async function readEpoch(database: Queryable): Promise<number> {
  return readNumber(database, "epoch", 1);
}

/** Says that the database was restored from a backup, so that tills send again what it may lack. */
export async function raiseEpoch(database: Queryable): Promise<void> {
  await writeNumber(database, "epoch", (await readEpoch(database)) + 1);
}

/** The highest version of the list of issuing keys that was ever given out, 0 before the first. */
export async function readIssuingVersion(database: Queryable): Promise<number> {
  return readNumber(database, "issuing-version", 0);
}

/** Remembers the version of the list of issuing keys. */
export async function writeIssuingVersion(database: Queryable, version: number): Promise<void> {
  await writeNumber(database, "issuing-version", version);
}

/** The key of the nonces, 32 bytes, shared by every platform process of this database and made by the first. */
export async function readNonceKey(database: Queryable): Promise<Buffer> {
  await database.query("insert into platform_state (key, value) values ('nonce-key', $1) on conflict do nothing", [
    randomBytes(32).toString("hex"),
  ]);
  return Buffer.from((await readText(database, "nonce-key")) ?? "", "hex");
}

async function readNumber(database: Queryable, key: string, otherwise: number): Promise<number> {
  const text = await readText(database, key);
  return text === null ? otherwise : Number.parseInt(text, 10);
}

async function readText(database: Queryable, key: string): Promise<string | null> {
  const result = await database.query<{ value: string }>("select value from platform_state where key = $1", [key]);
  return result.rows[0]?.value ?? null;
}

async function writeNumber(database: Queryable, key: string, value: number): Promise<void> {
  await database.query(
    "insert into platform_state (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
    [key, String(value)],
  );
}
