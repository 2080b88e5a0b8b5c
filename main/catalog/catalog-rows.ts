import { createHash } from "node:crypto";
import type { Item } from "../../sync/protocol/change.ts";

/** A record as it lies in the file; where a bit of a row's head has fallen over, none of it may be of its kind. */
export type RecordRow = { kind: string; id: string; body: string; checksum: Buffer | null };

/** What a good is found by, made from its record. */
export type IndexRow = {
  id: string;
  gtin14: string | null;
  code: string | null;
  category: string;
  popular: number | null;
  search: string;
  picture: string | null;
};

/** The columns of the table of what goods are found by. */
export const indexColumns = ["id", "gtin14", "code", "category", "popular", "search", "picture"] as const;

/** The checksum of a record: the first sixteen bytes of SHA-256 over its kind, its id and its body. */
export function checksumOf(kind: string, id: string, body: string): Buffer {
  return createHash("sha256").update(`${kind}\n${id}\n${body}`).digest().subarray(0, 16);
}

/** Whether a record is what was written. */
export function isWholeRecord({ kind, id, body, checksum }: RecordRow): boolean {
  return Buffer.isBuffer(checksum) && checksumOf(kind, id, body).equals(checksum);
}

/** What a good is found by. */
export function indexRowOf(item: Item): IndexRow {
  const search = [item.name.en, item.name["zh-CN"], item.initials, item.gtin14 ?? "", item.code ?? ""].join("\n");
  return {
    id: item.id,
    gtin14: item.gtin14 ?? null,
    code: item.code ?? null,
    category: item.category,
    popular: item.popular ?? null,
    search: searchText(`${search}\n${search.replaceAll(" ", "")}`),
    picture: item.picture ?? null,
  };
}

/** Whether a good is found by what its record says. One that is not would be sold for another, or not be found at all. */
export function isIndexOf(found: IndexRow, item: Item): boolean {
  const expected = indexRowOf(item);
  return indexColumns.every((column) => found[column] === expected[column]);
}

/** Letters as a search compares them: full-width digits, as a Chinese input method types them, are plain ones. */
export function searchText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** A number that holds what the feed's cursor and epoch are, to be kept beside them: 48 bits of a SHA-256. */
export function placeCheck(cursor: number, epoch: number): number {
  return createHash("sha256").update(`place\n${cursor}\n${epoch}`).digest().readUIntBE(0, 6);
}
