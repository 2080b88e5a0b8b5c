import Database from "better-sqlite3";

/** Hears that the till is at a step of this name. At one of them it does not come back. */
export type Reach = (step: string) => void;

/** What a transaction on the ledger has done so far. */
type Work = { types: string[]; tables: string[]; emptied: string[]; inserts: number; isMigration: boolean };

type Action =
  | { kind: "begin" | "commit" | "rollback" | "copy" }
  | { kind: "insert" | "update" | "delete"; table: string }
  | { kind: "other" };

/** What a transaction is called after, by the first of these entries that it writes. */
const namesByType: readonly [type: string, name: string][] = [
  ["sale.settled", "sale"],
  ["refund.settled", "refund"],
  ["shift.closed", "shift"],
  ["payment.created", "payment"],
  ["payment.declined", "declined"],
  ["payment.waiting", "waiting"],
  ["payment.unknown", "unknown"],
  ["payment.reversing", "undo"],
  ["payment.reversed", "reversed"],
  ["receipt.printed", "paper"],
  ["receipt.failed", "paper"],
  ["receipt.reprinted", "copy"],
  ["sale.parked", "park"],
  ["sale.resumed", "resume"],
  ["sale.abandoned", "abandon"],
  ["price.overridden", "price"],
  ["till.enrolled", "enrol"],
  ["shift.opened", "first-shift"],
  ["ledger.opened", "opening"],
];

/** The same for a transaction that writes working state alone. */
const namesByTable: readonly [table: string, name: string][] = [
  ["platform_marks", "acknowledgement"],
  ["platform_answers", "answers"],
  ["print_jobs", "job"],
  ["open_basket", "basket"],
];

/** Rows that are made again before half of a rebuild is said to be done. */
const halfOfRebuild = 30;

/** Pages of a copy between two steps, so that a small ledger's copy has a middle, too. */
const pagesPerStep = 16;

type Prepared = { database: Database.Database; action: Action };

/**
 * Puts hooks around better-sqlite3 for the ledger's database, so that the product knows nothing of them. `lastCommit`
 * gives the name of the transaction that was committed last.
 */
export function hookDatabase(reach: Reach): { lastCommit(): string } {
  const prototype = Database.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  const prepared = new WeakMap<object, Prepared>();
  let work: Work | null = null;
  let last = "none";
  let runIsHooked = false;

  function act(action: Action, given: readonly unknown[], run: () => unknown): unknown {
    if (action.kind === "commit") return commit(run);
    if (action.kind === "insert") beforeInsert(work, reach);
    const result = run();
    if (action.kind === "begin") work = emptyWork();
    else if (action.kind === "rollback") work = null;
    else if ("table" in action && work !== null) afterWrite(work, action, given, reach);
    return result;
  }

  function commit(run: () => unknown): unknown {
    const name = work === null ? "other" : nameOf(work);
    reach(`${name}.before-commit`);
    const result = run();
    work = null;
    last = name;
    reach(`${name}.after-commit`);
    return result;
  }

  function hookRun(statement: object): void {
    runIsHooked = true;
    const statements = Object.getPrototypeOf(statement) as Record<string, (...given: unknown[]) => unknown>;
    const run = statements["run"];
    if (run === undefined) throw new Error("better-sqlite3 has no Statement.run");
    statements["run"] = function hookedRun(this: object, ...given: unknown[]) {
      const known = prepared.get(this);
      if (known === undefined) return run.apply(this, given);
      return act(known.action, given.flat(), () => run.apply(this, given));
    };
  }

  wrap(prototype, "prepare", (prepare, database, given) => {
    const statement = prepare(...given) as object;
    if (isLedger(database)) {
      prepared.set(statement, { database, action: actionOf(String(given[0])) });
      if (!runIsHooked) hookRun(statement);
    }
    return statement;
  });
  wrap(prototype, "exec", (exec, database, given) => {
    const text = String(given[0]);
    if (!isLedger(database)) return exec(...given);
    if (work?.isMigration === true && /\b(?:CREATE|ALTER)\b/.test(text)) return inHalves(text, exec, reach);
    return act(actionOf(text), [], () => exec(...given));
  });
  wrap(prototype, "pragma", (pragma, database, given) => {
    const text = String(given[0]);
    if (!isLedger(database)) return pragma(...given);
    if (text.startsWith("locking_mode")) reach("start.opening");
    const result = pragma(...given);
    if (text.startsWith("journal_mode")) reach("start.recovered");
    return result;
  });
  wrap(prototype, "transaction", (transaction, database, given) => {
    const migrate = given[0] as () => unknown;
    if (!isLedger(database)) return transaction(...given);
    const whole = transaction(() => {
      work = { ...emptyWork(), isMigration: true };
      const result = migrate();
      reach("migration.before-commit");
      return result;
    }) as { immediate(): unknown };
    return {
      immediate() {
        const result = whole.immediate();
        work = null;
        last = "migration";
        reach("migration.after-commit");
        return result;
      },
    };
  });
  wrap(prototype, "backup", (backup, database, given) =>
    isLedger(database) ? backup(given[0], inSmallSteps(given[1] as Database.BackupOptions, reach)) : backup(...given),
  );
  return { lastCommit: () => last };
}

function wrap(
  prototype: Record<string, (...given: unknown[]) => unknown>,
  name: string,
  by: (method: (...given: unknown[]) => unknown, database: Database.Database, given: unknown[]) => unknown,
): void {
  const method = prototype[name];
  if (method === undefined) throw new Error(`better-sqlite3 has no ${name}`);
  prototype[name] = function hooked(this: Database.Database, ...given: unknown[]) {
    return by((...with_) => method.apply(this, with_), this, given);
  };
}

function isLedger(database: Database.Database): boolean {
  return /[\\/]ledger\.db$/.test(database.name);
}

function emptyWork(): Work {
  return { types: [], tables: [], emptied: [], inserts: 0, isMigration: false };
}

function actionOf(sql: string): Action {
  const text = sql.trim();
  if (/^BEGIN\s+IMMEDIATE\s*;?$/i.test(text)) return { kind: "begin" };
  if (/^COMMIT\s*;?$/i.test(text)) return { kind: "commit" };
  if (/^ROLLBACK\s*;?$/i.test(text)) return { kind: "rollback" };
  if (/^VACUUM\s+INTO/i.test(text)) return { kind: "copy" };
  const [, insert] = /^INSERT\s+(?:OR\s+\w+\s+)?INTO\s+(\w+)/i.exec(text) ?? [];
  if (insert !== undefined) return { kind: "insert", table: insert };
  const [, update] = /^UPDATE\s+(?:OR\s+\w+\s+)?(\w+)/i.exec(text) ?? [];
  if (update !== undefined) return { kind: "update", table: update };
  const [, emptied] = /^DELETE\s+FROM\s+(\w+)/i.exec(text) ?? [];
  return emptied === undefined ? { kind: "other" } : { kind: "delete", table: emptied };
}

function nameOf(work: Work): string {
  const { types, tables } = work;
  if (types.includes("sale.settled") && types.includes("payment.paid")) return "wallet-sale";
  const byType = namesByType.find(([type]) => types.includes(type));
  if (byType !== undefined) return byType[1];
  if (isRebuild(work)) return "rebuild";
  return namesByTable.find(([table]) => tables.includes(table))?.[1] ?? "other";
}

function isRebuild({ types, emptied }: Work): boolean {
  return types.length === 0 && emptied.includes("postings");
}

/** The first row that a rebuild makes comes after all the tables were emptied. */
function beforeInsert(work: Work | null, reach: Reach): void {
  if (work !== null && isRebuild(work) && work.inserts === 0) reach("rebuild.cleared");
}

function afterWrite(work: Work, action: Extract<Action, { table: string }>, given: readonly unknown[], reach: Reach) {
  (action.kind === "delete" ? work.emptied : work.tables).push(action.table);
  if (action.kind !== "insert") return;
  work.inserts += 1;
  if (action.table === "journal") {
    const type = typeIn(given);
    work.types.push(type);
    reach(`${namesByType.find(([each]) => each === type)?.[1] ?? type}.entry`);
  } else if (action.table === "print_jobs") {
    reach(`${nameOf(work)}.job`);
  } else if (isRebuild(work) && work.inserts === halfOfRebuild) {
    reach("rebuild.half");
  }
}

/** The type of the entry that is inserted: a column of its own, or in its text. */
function typeIn(given: readonly unknown[]): string {
  const texts = given.filter((value) => typeof value === "string");
  const column = texts.find((text) => /^[a-z]+\.[a-z-]+$/.test(text));
  return column ?? texts.map((text) => /"type":"([a-z.-]+)"/.exec(text)?.[1]).find((type) => type !== undefined) ?? "";
}

/** Statements of a migration are parted by empty lines, within which no trigger of ours has one. */
function inHalves(text: string, exec: (...given: unknown[]) => unknown, reach: Reach): unknown {
  const statements = text.split(/;\s*\n(?=\s*\n|[A-Z])/);
  const middle = Math.ceil(statements.length / 2);
  exec(`${statements.slice(0, middle).join(";\n")};`);
  reach("migration.half");
  return exec(statements.slice(middle).join(";\n"));
}

function inSmallSteps(options: Database.BackupOptions | undefined, reach: Reach): Database.BackupOptions {
  return {
    ...options,
    progress(info) {
      options?.progress?.(info);
      reach(info.remainingPages === info.totalPages ? "backup.begun" : "backup.half");
      return pagesPerStep;
    },
  };
}
