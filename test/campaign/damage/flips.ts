import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { SeededChance } from "../../../main/demo/seeded.ts";
import { changeField, storedFields, type StoredField, type StoredValue } from "../../main/ledger/stored-fields.ts";
import { makeFolder, writeFolder, type FolderFiles } from "./till-files.ts";

/** One change of one file of a folder. */
export type Flip = {
  /** What kind of place it is, for counting: a file, a table, a column. */
  place: string;
  /** Which place exactly, to find it again. */
  exactly: string;
  /** Makes the change in a folder that holds the whole files; false where it cannot be made. */
  apply(folder: string): boolean;
};

/** Another value for every stored value of a database, each once. */
export function fieldFlips(files: FolderFiles, file: string, chance: SeededChance): Flip[] {
  return withFolder(files, (folder) =>
    storedFields(join(folder, file)).map((field) => ({
      place: `${file} ${field.table}.${field.column}`,
      exactly: JSON.stringify(Object.values(field.key), (_, value: unknown) =>
        typeof value === "bigint" ? Number(value) : value,
      ),
      apply: fieldFlip(file, field, chance.below(1 << 30)),
    })),
  );
}

function fieldFlip(file: string, field: StoredField, choice: number): Flip["apply"] {
  return (folder) => changeField(join(folder, file), field, (value) => another(value, choice));
}

/** A value that differs in one place: a letter, a bit, or that it is there at all. */
function another(value: StoredValue, choice: number): StoredValue {
  if (value === null) return choice % 2 === 0 ? 1n : "x";
  if (typeof value === "bigint") return value ^ (1n << BigInt(choice % 20));
  if (value.length === 0) return typeof value === "string" ? "x" : Buffer.of(1);
  const at = choice % value.length;
  if (typeof value === "string") return value.slice(0, at) + (value[at] === "0" ? "1" : "0") + value.slice(at + 1);
  const bytes = Buffer.from(value);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (choice % 8));
  return bytes;
}

/** Changes of bytes at places that chance picks: one bit, one byte, or a stretch of them. */
export function byteFlips(files: FolderFiles, weights: Readonly<Record<string, number>>, chance: SeededChance) {
  const names = [...files.keys()].flatMap((name) => Array.from({ length: weightOf(name, weights) }, () => name));
  const pages = new Map(
    [...files.keys()].filter((name) => name.endsWith(".db")).map((name) => [name, pagesOf(files, name)]),
  );
  return (): Flip => {
    const file = chance.pick(names);
    const bytes = Buffer.from(files.get(file) ?? Buffer.alloc(0));
    const at = chance.below(bytes.length);
    const kind = chance.pick(["bit", "bit", "byte", "stretch", "zeros"] as const);
    const length = kind === "bit" || kind === "byte" ? 1 : 1 + chance.below(64);
    for (let index = at; index < Math.min(at + length, bytes.length); index += 1) {
      const before = bytes[index] ?? 0;
      bytes[index] = kind === "zeros" ? 0 : kind === "bit" ? before ^ (1 << chance.below(8)) : chance.below(256);
    }
    return {
      place: `${file}${placeIn(file, bytes, at, pages)}`,
      exactly: `${kind} at ${at}${length > 1 ? ` for ${length}` : ""}`,
      apply(folder) {
        writeFileSync(join(folder, file), bytes);
        return true;
      },
    };
  };
}

function weightOf(name: string, weights: Readonly<Record<string, number>>): number {
  const found = Object.entries(weights).find(([start]) => name.startsWith(start));
  return found?.[1] ?? 1;
}

type Pages = { size: number; names: readonly string[] };

/** Which table or index each page of a database belongs to. */
function pagesOf(files: FolderFiles, file: string): Pages {
  return withFolder(files, (folder) => {
    const database = new Database(join(folder, file));
    try {
      const size = Number(database.pragma("page_size", { simple: true }));
      const rows = database.prepare<[], { name: string; pageno: number }>("SELECT name, pageno FROM dbstat").all();
      const names: string[] = [];
      for (const { name, pageno } of rows) names[pageno - 1] = name;
      return { size, names };
    } finally {
      database.close();
    }
  });
}

/** Of a log, the page that the frame holds (SQLite file format, section 4.1). */
function placeIn(file: string, bytes: Buffer, at: number, pages: ReadonlyMap<string, Pages>): string {
  const { size, names } = pages.get(file.replace(/-wal$/, "")) ?? { size: 0, names: [] };
  if (size === 0) return "";
  if (!file.endsWith("-wal")) return at < 100 ? " header" : ` ${names[Math.floor(at / size)] ?? "free page"}`;
  if (at < 32) return " header";
  const frame = Math.floor((at - 32) / (size + 24));
  const inFrame = (at - 32) % (size + 24);
  return inFrame < 24 ? " frame header" : ` ${names[bytes.readUInt32BE(32 + frame * (size + 24)) - 1] ?? "free page"}`;
}

function withFolder<Result>(files: FolderFiles, work: (folder: string) => Result): Result {
  const folder = makeFolder();
  try {
    writeFolder(folder, files);
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
