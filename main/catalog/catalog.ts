import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { TillError } from "../contract/errors.ts";
import {
  categorySchema,
  changeBodySchemas,
  itemSchema,
  personSchema,
  storeSchema,
  taxClassSchema,
  type Category,
  type Change,
  type ChangeKind,
  type Item,
  type Person,
  type Store,
  type TaxClass,
} from "../../sync/protocol/change.ts";
import { CanonicalError, canonicalise } from "../../sync/protocol/canonical.ts";
import { createCatalogCheck, type CatalogCheck } from "./catalog-check.ts";
import {
  checksumOf,
  indexColumns,
  indexRowOf,
  isIndexOf,
  isWholeRecord,
  placeCheck,
  searchText,
  type IndexRow,
  type RecordRow,
} from "./catalog-rows.ts";

/** A picture by the SHA-256 of its bytes. */
export type Picture = { type: string; bytes: Uint8Array };

/** What of the catalogue stands in it now. `damaged` says that a row was not what its checksum says. */
export type CatalogStatus = { cursor: number; epoch: number; items: number; damaged: boolean };

/** A change that was not taken in, and why. */
export type RefusedChange = { cursor: number; kind: string; id: string; reason: string };

const schemaVersion = 2;

const schema = `
  CREATE TABLE records (
    kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, checksum BLOB NOT NULL, PRIMARY KEY (kind, id)
  ) STRICT;
  CREATE TABLE items (
    id TEXT PRIMARY KEY, gtin14 TEXT, code TEXT, category TEXT NOT NULL, popular INTEGER, search TEXT NOT NULL, picture TEXT
  ) STRICT;
  CREATE INDEX items_gtin14 ON items (gtin14);
  CREATE INDEX items_code ON items (code);
  CREATE INDEX items_category ON items (category);
  CREATE TABLE pictures (hash TEXT PRIMARY KEY, type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
`;

/** At most this many goods are shown for one category or search; a longer list is searched, not scrolled. */
const maximumListedItems = 120;

/** The category that is a view of the goods touched most. */
const popularCategory = "popular";

/**
 * The goods, prices, people and pictures as the platform last sent them. The file can be thrown away at any time: the
 * till pulls it again from cursor 0. Each row carries a checksum that is held against it on every read, so that a bit
 * that fell over on the disk can never become a price.
 */
export type Catalog = {
  status(): CatalogStatus;
  /**
   * Takes changes in with their cursor in one transaction. Kinds that this version does not know are passed over; a body
   * that is not what its kind says is left out, and what stood before stays. The refused changes are given back.
   */
  apply(changes: readonly Change[], cursor: number, epoch: number): RefusedChange[];
  /** Forgets everything but the pictures, and a damaged file whole, so that the next pull starts over. */
  reset(): void;
  store(): Store | null;
  taxClasses(): TaxClass[];
  categories(): Category[];
  people(): Person[];
  itemById(itemId: string): Item | null;
  itemByGtin(gtin14: string): Item | null;
  itemByCode(code: string): Item | null;
  itemsIn(category: string): Item[];
  search(query: string): Item[];
  missingPictures(): string[];
  storePicture(hash: string, picture: Picture): void;
  picture(hash: string): Picture | null;
  /**
   * Reads on through the whole file by at most `limit` rows, and begins anew at its end. What is damaged shows in the status,
   * also where nobody would come across it any more.
   */
  checkOn(limit: number): void;
  close(): void;
};

/**
 * Opens `catalog.db` in the folder; one that cannot be read is made anew, because nothing in it is worth a stop.
 * @throws TillError `folder.not-writable`.
 */
export function openCatalog(folder: string): Catalog {
  const file = join(folder, "catalog.db");
  try {
    return new CatalogFile(file, openOrMakeAnew(file));
  } catch (cause) {
    throw new TillError("folder.not-writable", { folder }, cause);
  }
}

function openOrMakeAnew(file: string): Database.Database {
  try {
    return openDatabase(file);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    return makeAnew(file);
  }
}

function makeAnew(file: string): Database.Database {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  return openDatabase(file);
}

function isDamaged(error: unknown): boolean {
  // What is asked never changes: a table or a column that SQLite does not find has lost its name on the disk.
  return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|ERROR$)/.test(error.code);
}

function openDatabase(file: string): Database.Database {
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  const version = database.pragma("user_version", { simple: true });
  if (version === schemaVersion) return database;
  database.exec("BEGIN IMMEDIATE");
  for (const table of ["records", "items", "pictures", "meta"]) database.exec(`DROP TABLE IF EXISTS ${table}`);
  database.exec(schema);
  database.pragma(`user_version = ${schemaVersion}`);
  database.exec("COMMIT");
  return database;
}

class CatalogFile implements Catalog {
  readonly #file: string;
  #database: Database.Database;
  #check: CatalogCheck | undefined;
  #damaged = false;

  constructor(file: string, database: Database.Database) {
    this.#file = file;
    this.#database = database;
  }

  status(): CatalogStatus {
    const place = this.#orNothing({ cursor: 0, epoch: 0 }, () => this.#place());
    const items = this.#orNothing(0, () =>
      this.#database.prepare<[], number>("SELECT count(*) FROM items").pluck().get(),
    );
    return { ...place, items, damaged: this.#damaged };
  }

  apply(changes: readonly Change[], cursor: number, epoch: number): RefusedChange[] {
    try {
      return this.#database
        .transaction(() => {
          const refused = changes.map((change) => this.#applyOne(change)).filter((refusal) => refusal !== null);
          this.#setMeta("cursor", cursor);
          this.#setMeta("epoch", epoch);
          this.#setMeta("check", placeCheck(cursor, epoch));
          return refused;
        })
        .immediate();
    } catch (error) {
      // The next pull finds it damaged and makes it anew.
      this.#damaged ||= isDamaged(error);
      throw error;
    }
  }

  reset(): void {
    if (this.#damaged || !this.#empty()) {
      this.#database.close();
      this.#database = makeAnew(this.#file);
      this.#check = undefined;
    }
    this.#damaged = false;
  }

  /** False where the file is too damaged for it. */
  #empty(): boolean {
    try {
      this.#database
        .transaction(() => {
          for (const table of ["records", "items", "meta"]) this.#database.exec(`DELETE FROM ${table}`);
        })
        .immediate();
      return true;
    } catch (error) {
      if (!isDamaged(error)) throw error;
      return false;
    }
  }

  store(): Store | null {
    return this.#all("store", storeSchema)[0] ?? null;
  }

  taxClasses(): TaxClass[] {
    return this.#all("tax-class", taxClassSchema);
  }

  categories(): Category[] {
    return this.#all("category", categorySchema).toSorted((left, right) => left.order - right.order);
  }

  people(): Person[] {
    return this.#all("person", personSchema);
  }

  itemById(itemId: string): Item | null {
    return this.#items("WHERE items.id = ? LIMIT 1", itemId)[0] ?? null;
  }

  itemByGtin(gtin14: string): Item | null {
    return this.#items("WHERE items.gtin14 = ? LIMIT 1", gtin14)[0] ?? null;
  }

  itemByCode(code: string): Item | null {
    return this.#items("WHERE items.code = ? LIMIT 1", code)[0] ?? null;
  }

  itemsIn(category: string): Item[] {
    if (category === popularCategory) {
      return this.#items(`WHERE items.popular IS NOT NULL ORDER BY items.popular LIMIT ${maximumListedItems}`);
    }
    const order = "ORDER BY items.popular IS NULL, items.popular, items.id";
    return this.#items(`WHERE items.category = ? ${order} LIMIT ${maximumListedItems}`, category);
  }

  search(query: string): Item[] {
    const words = searchText(query).split(/\s+/).filter(Boolean).slice(0, 8);
    if (words.length === 0) return [];
    const where = words.map(() => "instr(items.search, ?) > 0").join(" AND ");
    return this.#items(
      `WHERE ${where} ORDER BY items.popular IS NULL, items.popular, items.id LIMIT ${maximumListedItems}`,
      ...words,
    );
  }

  missingPictures(): string[] {
    const missing =
      "SELECT DISTINCT picture FROM items WHERE picture IS NOT NULL AND picture NOT IN (SELECT hash FROM pictures) LIMIT 1000";
    return this.#orNothing([], () => this.#database.prepare<[], string>(missing).pluck().all());
  }

  storePicture(hash: string, picture: Picture): void {
    this.#database
      .prepare("INSERT INTO pictures (hash, type, bytes) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING")
      .run(hash, picture.type, picture.bytes);
  }

  picture(hash: string): Picture | null {
    return this.#orNothing(null, () => {
      const row = this.#database
        .prepare<[string], { type: string; bytes: Buffer }>("SELECT type, bytes FROM pictures WHERE hash = ?")
        .get(hash);
      if (row === undefined) return null;
      if (createHash("sha256").update(row.bytes).digest("hex") === hash) return row;
      this.#database.prepare("DELETE FROM pictures WHERE hash = ?").run(hash);
      return null;
    });
  }

  checkOn(limit: number): void {
    const isWhole = this.#orNothing(false, () => (this.#check ??= createCatalogCheck(this.#database)).next(limit));
    if (!isWhole) this.#damaged = true;
  }

  close(): void {
    this.#database.close();
  }

  #applyOne(change: Change): RefusedChange | null {
    if (!Object.hasOwn(changeBodySchemas, change.kind)) return null;
    const kind = change.kind as ChangeKind;
    const read = change.body === undefined ? null : changeBodySchemas[kind].safeParse(change.body);
    if (read?.success === false) {
      return { cursor: change.cursor, kind, id: change.id, reason: read.error.issues[0]?.message ?? "" };
    }
    const text = read === null ? null : textOf(read.data);
    if (text === undefined || (read !== null && "id" in read.data && read.data.id !== change.id)) {
      return { cursor: change.cursor, kind, id: change.id, reason: "It has another id, or no canonical form" };
    }
    this.#database.prepare("DELETE FROM records WHERE kind = ? AND id = ?").run(kind, change.id);
    if (kind === "item") this.#database.prepare("DELETE FROM items WHERE id = ?").run(change.id);
    if (read === null || text === null) return null;
    this.#database
      .prepare("INSERT INTO records (kind, id, body, checksum) VALUES (?, ?, ?, ?)")
      .run(kind, change.id, text, checksumOf(kind, change.id, text));
    if (kind === "item") this.#indexItem(itemSchema.parse(read.data));
    return null;
  }

  #indexItem(item: Item): void {
    const values = indexColumns.map((column) => `@${column}`).join(", ");
    this.#database.prepare(`INSERT INTO items (${indexColumns.join(", ")}) VALUES (${values})`).run(indexRowOf(item));
  }

  #items(tail: string, ...parameters: string[]): Item[] {
    const columns = indexColumns.map((column) => `items.${column} AS ${column}`).join(", ");
    const found = this.#orNothing([], () =>
      this.#database
        .prepare<string[], IndexRow & { kind: string | null; body: string; checksum: Buffer | null }>(
          `SELECT records.kind AS kind, records.body AS body, records.checksum AS checksum, ${columns}
           FROM items LEFT JOIN records ON records.kind = 'item' AND records.id = items.id ${tail}`,
        )
        .all(...parameters),
    );
    return found.flatMap(({ kind, body, checksum, ...index }) => {
      const [item] = kind === null ? [] : this.#read([{ kind, id: index.id, body, checksum }], itemSchema);
      if (item !== undefined && isIndexOf(index, item)) return [item];
      // It was found by what its record does not say, or has none.
      this.#damaged = true;
      return [];
    });
  }

  #all<T>(kind: ChangeKind, schemaOfKind: { parse(value: unknown): T }): T[] {
    const rows = this.#orNothing([], () =>
      this.#database
        .prepare<[string], RecordRow>("SELECT kind, id, body, checksum FROM records WHERE kind = ? ORDER BY id")
        .all(kind),
    );
    return this.#read(rows, schemaOfKind);
  }

  #read<T>(rows: readonly RecordRow[], schemaOfKind: { parse(value: unknown): T }): T[] {
    const good: T[] = [];
    for (const row of rows) {
      if (isWholeRecord(row)) good.push(schemaOfKind.parse(JSON.parse(row.body)));
      else this.#damaged = true;
    }
    return good;
  }

  /** A file whose pages are broken has nothing to give until it is made anew. */
  #orNothing<T>(nothing: T, read: () => T | undefined): T {
    try {
      return read() ?? nothing;
    } catch (error) {
      if (!isDamaged(error)) throw error;
      this.#damaged = true;
      return nothing;
    }
  }

  /** Up to where the feed is taken in. With a cursor that is too high changes of prices would never come. */
  #place(): { cursor: number; epoch: number } {
    const kept = ["cursor", "epoch", "check"].map((key) => this.#meta(key));
    const [cursor = 0, epoch = 0, check] = kept;
    const isEmpty = kept.every((value) => value === undefined);
    // A file of an older version has no check: it is pulled anew once, and sold by until then.
    if (!isEmpty && check !== placeCheck(cursor, epoch)) this.#damaged = true;
    return { cursor, epoch };
  }

  #meta(key: string): number | undefined {
    return this.#database.prepare<[string], number>("SELECT value FROM meta WHERE key = ?").pluck().get(key);
  }

  #setMeta(key: string, value: number): void {
    this.#database
      .prepare("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .run(key, value);
  }
}

/** A body as it is kept, or undefined where it has no canonical form: half a surrogate pair in a name, for example. */
function textOf(body: object): string | undefined {
  const defined = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  try {
    return canonicalise(defined);
  } catch (error) {
    if (error instanceof CanonicalError) return undefined;
    throw error;
  }
}
