import { useEffect, useState } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { Tile } from "../../main/contract/snapshot.ts";
import { useTillSession, useTillSessionState, useTillSnapshot } from "../shared/till-session.tsx";
import { setView } from "./view.ts";

/** The category that holds the bags. */
export const bagCategory = "bags";

/** Typing is asked about after this pause, so that a fast typist does not ask for each letter. */
const typingPauseMs = 80;

/**
 * The tiles of a category, or what a search found where something is typed. The last ones stay until the new ones are
 * there, so that nothing flickers.
 */
export function useTiles(category: string | null, query: string): readonly Tile[] {
  const session = useTillSession();
  const { catalogCursor, run } = useTillSnapshot();
  const { phase } = useTillSessionState();
  const [tiles, setTiles] = useState<readonly Tile[]>([]);
  const text = query.trim();
  useEffect(() => {
    if (phase !== "ready" || (text === "" && category === null)) return;
    let isWanted = true;
    const fetchTiles = async () => {
      try {
        const found =
          text === ""
            ? await session.call("catalog.tiles", { category: category ?? "" })
            : await session.call("catalog.search", { query: text });
        if (isWanted) setTiles(found.tiles);
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        if (isWanted && error.code !== "wire.closed")
          setView({ fault: { code: error.code, params: { ...error.params } } });
      }
    };
    const timer = setTimeout(() => void fetchTiles(), text === "" ? 0 : typingPauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [session, category, text, catalogCursor, run, phase]);
  return tiles;
}

/** The bags that the shop sells, or null where it has no such category. They come a moment after the page. */
export function useBags(): readonly Tile[] | null {
  const { categories } = useTillSnapshot();
  const hasBags = categories.some(({ id }) => id === bagCategory);
  const tiles = useTiles(hasBags ? bagCategory : null, "");
  return hasBags ? tiles : null;
}
