import { canonicalise, type CanonicalValue } from "../../sync/protocol/canonical.ts";
import type { Change } from "../../sync/protocol/change.ts";
import type { Database, Queryable } from "../database/database.ts";

/** The newest state of one thing; without a body it is gone. */
export type ChangeInput = { kind: string; id: string; body?: Readonly<Record<string, unknown>> | undefined };

type ChangeRow = { cursor: number; kind: string; id: string; body: string | null };

/**
 * Puts things into the change log, in one transaction, each only where it differs from what is there; gives how many
 * did. The counter's row is locked first and until commit: a lower cursor is never seen after a higher one.
 */
export async function putChanges(database: Database, things: readonly ChangeInput[]): Promise<number> {
  if (things.length === 0) return 0;
  return database.transaction(async (transaction) => {
    const counter = await transaction.query<{ last: number }>("select last from change_cursor for update");
    const fresh = await differing(transaction, things);
    if (fresh.length === 0) return 0;
    const last = counter.rows[0]?.last ?? 0;
    await transaction.query("update change_cursor set last = $1", [last + fresh.length]);
    await transaction.query(
      `insert into changes (kind, id, cursor, body)
       select t.kind, t.id, t.cursor, t.body
       from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) as t (kind, id, cursor, body)
       on conflict (kind, id) do update set cursor = excluded.cursor, body = excluded.body`,
      [
        fresh.map((thing) => thing.kind),
        fresh.map((thing) => thing.id),
        fresh.map((_, index) => last + index + 1),
        fresh.map((thing) => thing.body),
      ],
    );
    return fresh.length;
  });
}

/** The changes after a cursor, in order, at most `limit`, and whether there are more. Things that are gone stay in it. */
export async function changesAfter(
  database: Queryable,
  after: number,
  limit: number,
): Promise<{ changes: Change[]; cursor: number; more: boolean }> {
  const result = await database.query<ChangeRow>(
    "select cursor, kind, id, body from changes where cursor > $1 order by cursor limit $2",
    [after, limit + 1],
  );
  const changes = result.rows.slice(0, limit).map(readChange);
  return { changes, cursor: changes.at(-1)?.cursor ?? after, more: result.rows.length > limit };
}

async function differing(
  transaction: Queryable,
  things: readonly ChangeInput[],
): Promise<{ kind: string; id: string; body: string | null }[]> {
  // The last word on a thing counts where it is named twice.
  const wanted = new Map<string, { kind: string; id: string; body: string | null }>();
  for (const { kind, id, body } of things) {
    const text = body === undefined ? null : canonicalise(withoutUndefined(body));
    wanted.set(`${kind}\n${id}`, { kind, id, body: text });
  }
  const rows = [...wanted.values()];
  const stored = await transaction.query<ChangeRow>(
    `select c.kind, c.id, c.body from changes c
     join unnest($1::text[], $2::text[]) as t (kind, id) on c.kind = t.kind and c.id = t.id`,
    [rows.map((row) => row.kind), rows.map((row) => row.id)],
  );
  const before = new Map(stored.rows.map((row) => [`${row.kind}\n${row.id}`, row.body]));
  return rows.filter(({ kind, id, body }) => {
    const known = before.get(`${kind}\n${id}`);
    // What was never there and is gone is no news.
    return known === undefined ? body !== null : known !== body;
  });
}

function withoutUndefined(body: Readonly<Record<string, unknown>>): CanonicalValue {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as CanonicalValue;
}

function readChange(row: ChangeRow): Change {
  const { cursor, kind, id, body } = row;
  if (body === null) return { cursor, kind, id };
  return { cursor, kind, id, body: JSON.parse(body) as Record<string, unknown> };
}
