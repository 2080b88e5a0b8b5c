import { useFoundTiles, type FoundTiles } from "../shared/use-found-tiles.ts";
import { showFault } from "./till.tsx";

const typingPauseMs = 60;

/** The tiles of a category, or what a search found where something is typed. */
export function useTiles(category: string | null, query: string): FoundTiles {
  return useFoundTiles(category, query, typingPauseMs, showFault);
}
