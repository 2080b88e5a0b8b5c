import { TillError } from "../contract/errors.ts";

/**
 * The same functions, whose failures on a file that is damaged in a place that no opening looks at are told in the till's
 * words. What they throw in words already, and any other error, goes on as it is.
 * @returns Functions that throw TillError `ledger.damaged` where SQLite finds a broken page or an index that points nowhere,
 * or an amount is none that was ever written.
 */
export function damageInWords<Reads extends object>(reads: Reads): Reads {
  const told = Object.entries(reads).map(([name, read]: [string, unknown]) => {
    if (typeof read !== "function") return [name, read];
    const inWords = (...given: unknown[]): unknown => {
      try {
        return read(...given) as unknown;
      } catch (error) {
        throw isDamage(error) ? new TillError("ledger.damaged", { detail: (error as Error).message }, error) : error;
      }
    };
    return [name, inWords];
  });
  return Object.fromEntries(told) as Reads;
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(code) || error instanceof RangeError;
}
