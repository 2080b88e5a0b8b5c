import type { Category, Item, TaxClass } from "../../../sync/protocol/change.ts";

/** The shelves of the demo shop. `popular` is not among them: it is a view of the goods that carry a rank. */
export type DemoShelf =
  | "produce"
  | "bakery"
  | "hot-food"
  | "drinks"
  | "snacks"
  | "home"
  | "bags"
  | "chilled"
  | "pantry";

/** The tax classes of the demo shop, after the Chinese rates of value added tax. */
export type DemoTaxClassId = "vat13" | "vat9" | "vat0";

/**
 * A good of the demo shop: what the platform sells, except that its currency is the shop's and its picture is the name
 * of a file in `platform/demo/pictures` without `.svg`. Prices are in fen, for one piece or one kilogram. A good has
 * either a GTIN, filled up to fourteen digits, or the shop's own code of four or five.
 */
export type DemoGood = Omit<Item, "category" | "taxClass" | "currency" | "picture"> & {
  category: DemoShelf;
  taxClass: DemoTaxClassId;
  picture?: string;
};

/** A category of the demo shop, in the order of the till's strip. */
export type DemoCategory = Omit<Category, "id"> & { id: DemoShelf | "popular" };

/** A tax class of the demo shop. */
export type DemoTaxClass = Omit<TaxClass, "id"> & { id: DemoTaxClassId };

/** A shopper whose wallet the demo opens with a balance in fen. */
export type DemoShopper = { id: string; name: Item["name"]; balanceMinor: number };
