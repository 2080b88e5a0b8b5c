import type { Item } from "../../sync/protocol/change.ts";
import type { Tile } from "../contract/snapshot.ts";
import { viewFor } from "../role-view.ts";
import type { HandlerGroup, HandlerParts } from "./parts.ts";

type GoodsMethod = "till.snapshot" | "catalog.tiles" | "catalog.tile" | "catalog.search";

/** What there is to sell, and how the till stands. */
export function goodsHandlers({ catalog, snapshot }: HandlerParts): HandlerGroup<GoodsMethod> {
  return {
    "till.snapshot": (_nothing, { role }) => viewFor(role, snapshot()),
    "catalog.tiles": ({ category }) => ({ tiles: catalog.itemsIn(category).map(tileOf) }),
    "catalog.tile": ({ itemId }) => {
      const item = catalog.itemById(itemId);
      return item === null ? {} : { tile: tileOf(item) };
    },
    "catalog.search": ({ query }) => ({ tiles: catalog.search(query).map(tileOf) }),
  };
}

function tileOf({ id, name, unit, priceMinor, picture, ageMinimum, openPrice, depositMinor }: Item): Tile {
  return {
    itemId: id,
    name,
    unit,
    priceMinor,
    ...(picture === undefined ? {} : { picture }),
    ...(ageMinimum === undefined ? {} : { ageMinimum }),
    ...(openPrice === undefined ? {} : { openPrice }),
    ...(depositMinor === undefined ? {} : { depositMinor }),
  };
}
