import type { ReconciliationDay, ReconciliationDifference, Reconciliations } from "../../sync/protocol/operator-api.ts";
import type { Queryable } from "../database/database.ts";
import type { RailName } from "../rails/rail.ts";

const mostDays = 120;
const mostDifferences = 500;

type DayRow = Omit<ReconciliationDay, "reason" | "at"> & { reason: string | null; at: Date };

type DifferenceRow = {
  rail: RailName;
  day: string;
  kind: ReconciliationDifference["kind"];
  what: ReconciliationDifference["what"];
  order_number: string;
  ours: number | null;
  theirs: number | null;
  number: string | null;
  store_id: string | null;
  till: number | null;
  state: NonNullable<ReconciliationDifference["payment"]>["state"] | null;
};

const daysSql = `
select rail, day, state, reason, read_at as at, payments, payments_minor as "paymentsMinor", differences
from reconciliations`;

const differencesSql = `
select d.rail, d.day, d.kind, d.what, d.order_number, d.ours_minor as ours, d.theirs_minor as theirs,
  c.number, t.store_id, t.number as till,
  case when c.state = 'asked' or c.state = 'reversing' and c.closing then 'unknown' else c.state end as state
from reconciliation_differences d
left join charges c on c.payment_id = d.payment_id left join tills t on t.id = c.till_id
where (d.rail, d.day) in (select rail, day from reconciliations order by day desc, rail limit ${mostDays})
order by d.day desc, d.rail, d.position limit ${mostDifferences}`;

/** The newest days of all rails, and what differs on them. */
export async function reconciliationsOf(database: Queryable): Promise<Reconciliations> {
  const days = await database.query<DayRow>(`${daysSql} order by day desc, rail limit ${mostDays}`);
  const differences = await database.query<DifferenceRow>(differencesSql);
  return {
    days: days.rows.map(toDay),
    count: days.rows.reduce((sum, row) => sum + row.differences, 0),
    differences: differences.rows.map(toDifference),
  };
}

/** One day of a rail, or null before it was ever tried. */
export async function reconciliationOf(
  database: Queryable,
  rail: RailName,
  day: string,
): Promise<ReconciliationDay | null> {
  const { rows } = await database.query<DayRow>(`${daysSql} where rail = $1 and day = $2`, [rail, day]);
  return rows[0] === undefined ? null : toDay(rows[0]);
}

function toDay({ reason, at, ...row }: DayRow): ReconciliationDay {
  return { ...row, at: at.toISOString(), ...(reason === null ? {} : { reason }) };
}

function toDifference(row: DifferenceRow): ReconciliationDifference {
  const {
    rail,
    day,
    kind,
    what,
    order_number: orderNumber,
    ours,
    theirs,
    number,
    store_id: storeId,
    till,
    state,
  } = row;
  const isKnown = number !== null && storeId !== null && till !== null && state !== null;
  return {
    rail,
    day,
    kind,
    what,
    orderNumber,
    ...(ours === null ? {} : { oursMinor: ours }),
    ...(theirs === null ? {} : { theirsMinor: theirs }),
    ...(isKnown ? { payment: { number, storeId, tillNumber: till, state } } : {}),
  };
}
