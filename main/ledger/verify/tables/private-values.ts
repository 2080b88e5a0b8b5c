import { hash as hashOf } from "node:crypto";
import type { LedgerFile } from "../ledger-file.ts";
import type { Report } from "../reasons.ts";
import type { TableCheck } from "./table-check.ts";

/** Which personal values of the entries are still kept beside them. A removed one leaves the chain as it is. */
export interface PrivateValues {
  kept: number;
  removedCount: number;
  /** The first of them. */
  removed: { seq: number; name: string }[];
}

/** Removed values that are named; the others are counted. */
const namedAtMost = 100;

const ending = "Commitment";

/**
 * An entry holds SHA-256 over the salt and the UTF-8 text of a personal value under `<name>Commitment`; salt and value stand
 * in a table of their own, where they may be deleted. Each row has to belong to an entry and be what it committed to.
 */
export function createPrivateValuesCheck(file: LedgerFile, report: Report): TableCheck & { result(): PrivateValues } {
  const lookUp = file.lookUp("SELECT salt, value FROM private_values WHERE entry_id = ? AND name = ?");
  const entryOf = file.lookUp("SELECT seq FROM journal WHERE id = ?");
  const removed: PrivateValues["removed"] = [];
  let removedCount = 0;
  let kept = 0;

  function wrong(seq: number, name: string): void {
    report({ seq, reason: "private-value", params: { name: name.slice(0, 100) } });
  }

  function check(seq: number, id: string, name: string, commitment: string): void {
    const row = lookUp(id, name);
    if (row === undefined) {
      removedCount += 1;
      if (removed.length < namedAtMost) removed.push({ seq, name });
      return;
    }
    kept += 1;
    const [salt, value] = row;
    const isWhole = Buffer.isBuffer(salt) && typeof value === "string";
    const found = isWhole ? hashOf("sha256", Buffer.concat([salt, Buffer.from(value, "utf8")]), "hex") : "";
    if (found !== commitment) wrong(seq, name);
  }

  /** Only where there are more rows than entries ask for. */
  function findStray(): void {
    const rows = file.cursor("SELECT entry_id, name FROM private_values");
    for (; rows.row !== undefined; rows.advance()) {
      const [id, name] = rows.row.map(String) as [string, string];
      const seq = entryOf(id)?.[0];
      const body = typeof seq === "number" ? bodyOf(file, seq) : undefined;
      if (body?.[name + ending] === undefined) {
        wrong(typeof seq === "number" ? seq : 0, name);
        return;
      }
    }
  }

  return {
    next({ seq, id, body }) {
      for (const name in body) {
        if (!name.endsWith(ending)) continue;
        const commitment = body[name];
        if (typeof commitment === "string") check(seq, id, name.slice(0, -ending.length), commitment);
      }
    },
    finish() {
      const count = file.lookUp("SELECT count(*) FROM private_values")()?.[0];
      if (count !== kept) findStray();
    },
    result: () => ({ kept, removedCount, removed }),
  };
}

function bodyOf(file: LedgerFile, seq: number): Record<string, unknown> | undefined {
  const text = file.lookUp("SELECT text FROM journal WHERE seq = ?")(seq)?.[0];
  return typeof text === "string" ? (JSON.parse(text) as { body: Record<string, unknown> }).body : undefined;
}
