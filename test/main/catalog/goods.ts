import { demoPeople, demoStore, demoTaxClasses } from "../../../platform/demo/goods/demo-shop.ts";
import type { Change, Item } from "../../../sync/protocol/change.ts";

/** A good of the platform's feed. */
export function makeItem(id: string, changes: Partial<Item> = {}): Item {
  const item: Item = {
    id,
    name: { en: `Good ${id}`, "zh-CN": `商品 ${id}` },
    initials: "sp",
    category: "drinks",
    taxClass: "vat13",
    unit: "each",
    priceMinor: 450,
    currency: "CNY",
  };
  return { ...item, ...changes };
}

/** A line of the feed. */
export function change(cursor: number, kind: string, id: string, body?: object): Change {
  return body === undefined ? { cursor, kind, id } : { cursor, kind, id, body: { ...body } };
}

/** What a shop has besides goods, from cursor 1 on. */
export function shopChanges(): Change[] {
  const things = [
    ["store", demoStore] as const,
    ...demoTaxClasses.map((taxClass) => ["tax-class", taxClass] as const),
    ...demoPeople.map((person) => ["person", person] as const),
    ["category", { id: "drinks", name: { en: "Drinks", "zh-CN": "饮料" }, order: 1 }] as const,
  ];
  return things.map(([kind, body], index) => change(index + 1, kind, body.id, body));
}
