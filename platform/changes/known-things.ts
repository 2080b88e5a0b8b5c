import {
  personSchema,
  storeSchema,
  taxClassSchema,
  type Person,
  type Store,
  type TaxClass,
} from "../../sync/protocol/change.ts";
import type { Queryable } from "../database/database.ts";

/** The stores of these ids as the change log has them now; one that it does not have is left out. */
export async function storesByIds(database: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Store>> {
  const bodies = await bodiesOf(database, "store", ids);
  return new Map(bodies.map((body) => storeSchema.parse(body)).map((store) => [store.id, store]));
}

/** The tax classes of these ids as the change log has them now; those that are gone are left out. */
export async function taxClassesByIds(
  database: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaxClass>> {
  const bodies = await bodiesOf(database, "tax-class", ids);
  return new Map(bodies.map((body) => taxClassSchema.parse(body)).map((taxClass) => [taxClass.id, taxClass]));
}

/** The people of these ids as the change log has them now; those that are gone are left out. */
export async function peopleByIds(database: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const bodies = await bodiesOf(database, "person", ids);
  return new Map(bodies.map((body) => personSchema.parse(body)).map((person) => [person.id, person]));
}

/** What a store is called: by the change log, else by its id. */
export function storeNames(store: Store | undefined, storeId: string): Pick<Store, "name" | "address"> {
  const byId = { en: storeId, "zh-CN": storeId };
  return store === undefined ? { name: byId, address: byId } : { name: store.name, address: store.address };
}

async function bodiesOf(database: Queryable, kind: string, ids: readonly string[]): Promise<unknown[]> {
  const result = await database.query<{ body: string }>(
    "select body from changes where kind = $1 and id = any($2::text[]) and body is not null",
    [kind, ids],
  );
  return result.rows.map(({ body }) => JSON.parse(body) as unknown);
}
