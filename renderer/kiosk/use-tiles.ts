import type { Tile } from "../../main/contract/snapshot.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useFoundTiles } from "../shared/use-found-tiles.ts";
import { showFault } from "./use-act.ts";

/** The category that holds the bags. */
export const bagCategory = "bags";

const typingPauseMs = 80;

/** The tiles of a category, or what a search found where something is typed. */
export function useTiles(category: string | null, query: string): readonly Tile[] {
  return useFoundTiles(category, query, typingPauseMs, showFault).tiles;
}

/** The bags that the shop sells, or null where it has no such category. They come a moment after the page. */
export function useBags(): readonly Tile[] | null {
  const { categories } = useTillSnapshot();
  const hasBags = categories.some(({ id }) => id === bagCategory);
  const tiles = useTiles(hasBags ? bagCategory : null, "");
  return hasBags ? tiles : null;
}
