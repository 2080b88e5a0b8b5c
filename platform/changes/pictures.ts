import { createHash } from "node:crypto";
import type { Queryable } from "../database/database.ts";

/** A picture as it was put in. */
export type Picture = { mediaType: string; bytes: Buffer };

/** Keeps a picture under the SHA-256 of its bytes, which is what it is fetched by. */
export async function putPicture(database: Queryable, picture: Picture): Promise<string> {
  const hash = createHash("sha256").update(picture.bytes).digest("hex");
  await database.query("insert into pictures (hash, media_type, bytes) values ($1, $2, $3) on conflict do nothing", [
    hash,
    picture.mediaType,
    picture.bytes,
  ]);
  return hash;
}

/** The picture with this SHA-256 (hexadecimal), or null. */
export async function findPicture(database: Queryable, hash: string): Promise<Picture | null> {
  const result = await database.query<{ media_type: string; bytes: Buffer }>(
    "select media_type, bytes from pictures where hash = $1",
    [hash],
  );
  const row = result.rows[0];
  return row === undefined ? null : { mediaType: row.media_type, bytes: row.bytes };
}
