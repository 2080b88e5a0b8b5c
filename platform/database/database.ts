import pg from "pg";

/** Runs one statement with its values. */
export type Queryable = {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<{ rows: R[]; rowCount: number | null }>;
};

/** The platform's database behind a bounded pool. */
export type Database = Queryable & {
  /**
   * Runs `work` in one transaction (READ COMMITTED) and gives what it gives. Any error rolls back; a deadlock or a
   * serialisation failure runs `work` again, so it must do nothing outside the transaction.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** How many callers wait for a connection. */
  waiting(): number;
  /** Waits for what is under way and closes every connection. */
  close(): Promise<void>;
};

/** How many connections one platform process uses at most. */
const maximumConnections = 10;
const connectWithinMs = 10_000;
const statementWithinMs = 15_000;
const transactionAttempts = 4;
/** serialization_failure and deadlock_detected (PostgreSQL 18, appendix A). */
const repeatable = new Set(["40001", "40P01"]);

/** Opens the pool; `onError` hears of connections that break while nobody uses them. */
export function openDatabase(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maximumConnections,
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: statementWithinMs,
    application_name: "suanpan-platform",
    types: { getTypeParser: typeParser },
  });
  pool.on("error", onError);
  return {
    query: (text, values) => pool.query(text, values),
    transaction: (work) => runTransaction(pool, work),
    waiting: () => pool.waitingCount,
    close: () => pool.end(),
  };
}

/** 64-bit integers come as numbers and must be exact: an amount beyond 2^53 is an error, never a near miss. */
const typeParser: typeof pg.types.getTypeParser = ((oid: number, format?: "text") => {
  if (oid === pg.types.builtins.INT8) return readInteger;
  return pg.types.getTypeParser(oid, format);
}) as typeof pg.types.getTypeParser;

function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database gave ${text}, which is not a safe whole number`);
  return value;
}

async function runTransaction<T>(pool: pg.Pool, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(pool, work);
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (attempt >= transactionAttempts || typeof code !== "string" || !repeatable.has(code)) throw error;
    }
  }
}

async function runOnce<T>(pool: pg.Pool, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: unknown) => {
      // The connection is of no more use; closing it undoes the transaction at the server.
      broken = cause instanceof Error ? cause : new Error(String(cause));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
