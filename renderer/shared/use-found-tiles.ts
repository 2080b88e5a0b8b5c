import { useEffect, useState } from "react";
import { TillError, type Fault } from "../../main/contract/errors.ts";
import type { Tile } from "../../main/contract/snapshot.ts";
import { useTillSession, useTillSessionState, useTillSnapshot } from "./till-session.tsx";

/** Tiles, and what was searched for when they were found; nothing for the tiles of a category. */
export type FoundTiles = { readonly tiles: readonly Tile[]; readonly query: string };

/**
 * The tiles of a category, or what a search found where something is typed. The last ones stay until the new ones are
 * there, so that nothing flickers; they are asked for again when the goods have changed or the line was lost. Typing is
 * asked about after a pause, so that a fast typist does not ask for each letter. `onRefused` is the same function each
 * time the page is drawn.
 */
export function useFoundTiles(
  category: string | null,
  query: string,
  typingPauseMs: number,
  onRefused: (fault: Fault) => void,
): FoundTiles {
  const session = useTillSession();
  const { catalogCursor, run } = useTillSnapshot();
  const { phase } = useTillSessionState();
  const [shown, setShown] = useState<FoundTiles>({ tiles: [], query: "" });
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
        if (isWanted) setShown({ tiles: found.tiles, query: text });
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        const isLine = error.code === "wire.closed";
        if (isWanted && !isLine) onRefused({ code: error.code, params: { ...error.params } });
      }
    };
    const timer = setTimeout(() => void fetchTiles(), text === "" ? 0 : typingPauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [session, category, text, typingPauseMs, onRefused, catalogCursor, run, phase]);
  return shown;
}
