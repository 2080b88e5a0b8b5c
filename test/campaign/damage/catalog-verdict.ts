import { createHash } from "node:crypto";
import { openCatalog } from "../../../main/catalog/catalog.ts";
import { goodsOfCampaign } from "./till-files.ts";
import { differences, ofError, type Verdict } from "./verdict.ts";

/** What a till reads of its goods, each by a name of its own, and whether the catalogue says that it is damaged. */
export type CatalogReading = { goods: ReadonlyMap<string, string>; damaged: boolean };

/** Opens the catalogue as a till does, reads everything, has it read through once, and closes it. */
export function readCatalog(folder: string): CatalogReading {
  const catalog = openCatalog(folder);
  const goods = new Map<string, string>();
  const put = (name: string, value: unknown) => void (value === null || goods.set(name, JSON.stringify(value)));
  try {
    const { cursor, epoch } = catalog.status();
    put("place", [cursor, epoch]);
    put("store", catalog.store());
    for (const taxClass of catalog.taxClasses()) put(`tax ${taxClass.id}`, taxClass);
    for (const person of catalog.people()) put(`person ${person.id}`, person);
    for (const category of catalog.categories()) put(`category ${category.id}`, category);
    for (const { id, gtin14, code, picture } of goodsOfCampaign) {
      put(`id ${id}`, catalog.itemById(id));
      if (gtin14 !== undefined) put(`code ${gtin14}`, catalog.itemByGtin(gtin14));
      if (code !== undefined) put(`code ${code}`, catalog.itemByCode(code));
      const found = picture === undefined ? null : catalog.picture(picture);
      // Its type says how it is drawn; nothing is sold by it.
      if (found !== null) put(`picture ${picture}`, createHash("sha256").update(found.bytes).digest("hex"));
    }
    const lists = {
      drinks: catalog.itemsIn("drinks"),
      fruit: catalog.itemsIn("fruit"),
      popular: catalog.itemsIn("popular"),
    };
    const searches = { good: catalog.search("good"), number: catalog.search("6900") };
    for (const [name, items] of Object.entries({ ...lists, ...searches }))
      for (const item of items) put(`${name} ${item.id}`, item);
    catalog.checkOn(100_000);
    // A picture that is asked for again will be there again.
    const { damaged } = catalog.status();
    const missing = catalog.missingPictures().length > missingAtFirst;
    return { goods, damaged: damaged || missing };
  } finally {
    catalog.close();
  }
}

/** Pictures that the whole catalogue names and does not have. */
const missingAtFirst = 1;

/**
 * Nothing may be read that was never there, whatever the catalogue says of itself; and what is no longer read has to be
 * said, because then it is pulled anew.
 */
export function judgeCatalog(folder: string, before: CatalogReading): Verdict {
  let after: CatalogReading;
  try {
    after = readCatalog(folder);
  } catch (error) {
    return ofError(error);
  }
  const differing = differences(before.goods, after.goods);
  const wrong = differing.find((name) => name !== "place" && after.goods.has(name));
  if (wrong !== undefined) return { kind: "unseen", detail: `sold by: ${wrong}` };
  if (after.damaged || isEmpty(after)) return { kind: "told", detail: "the goods are pulled anew" };
  return differing.length === 0
    ? { kind: "harmless", detail: "" }
    : { kind: "unseen", detail: `${differing.length} are not read: ${differing.slice(0, 3).join(", ")}` };
}

/** A file that could not be opened was made anew, and is pulled from the beginning. */
function isEmpty({ goods }: CatalogReading): boolean {
  return goods.get("place") === "[0,0]";
}
