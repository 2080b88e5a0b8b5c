import type { Person } from "../sync/protocol/change.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { ShopRules } from "./checkout/basket-view.ts";
import { TillError } from "./contract/errors.ts";
import type { Snapshot } from "./contract/snapshot.ts";
import type { SettingStore } from "./ledger/work/settings.ts";

/** What the till knows of its shop, as the catalogue had it when it last changed. */
export type Shop = {
  rules: ShopRules;
  cashier: Pick<Person, "id" | "name">;
  categories: Snapshot["categories"];
  catalogCursor: number;
  /** Goods that are sold here. */
  items: number;
  /** When the goods last changed on this till, as entries have their time. */
  changedAt: string;
};

/** What the shop is read from. */
export type ShopSource = { catalog: Catalog; settings: SettingStore; now(): string };

const changedKey = "catalog.changed";

/**
 * Reads the shop out of the catalogue, once for each change of it. A catalogue that is being thrown away and pulled again
 * leaves the shop as it was before.
 * @throws TillError `catalog.empty` where there is no shop yet and never was one.
 */
export function readShop(source: ShopSource, before: Shop | undefined): Shop {
  const { catalog } = source;
  const store = catalog.store();
  if (store === null) {
    if (before === undefined) throw new TillError("catalog.empty");
    return before;
  }
  const { cursor, items } = catalog.status();
  const taxClasses = new Map(catalog.taxClasses().map((taxClass) => [taxClass.id, taxClass]));
  return {
    rules: { store, taxClasses },
    cashier: firstCashier(catalog.people()) ?? { id: "till", name: store.name },
    categories: catalog.categories().map(({ id, name }) => ({ id, name })),
    catalogCursor: cursor,
    items,
    changedAt: changedAt(source, cursor, before),
  };
}

/** Kept with its cursor, so that a till which is started again knows how old its goods are. */
function changedAt({ settings, now }: ShopSource, cursor: number, before: Shop | undefined): string {
  if (before?.catalogCursor === cursor) return before.changedAt;
  const [keptCursor, keptAt] = settings.read(changedKey)?.split(" ") ?? [];
  if (keptAt !== undefined && Number(keptCursor) === cursor) return keptAt;
  const at = now();
  settings.save(changedKey, `${cursor} ${at}`);
  return at;
}

/** The first cashier of the shop; signing in by person comes with the staff's own part. */
function firstCashier(people: readonly Person[]): Person | undefined {
  return people.find(({ roles }) => roles.includes("cashier") && !roles.includes("manager")) ?? people[0];
}
