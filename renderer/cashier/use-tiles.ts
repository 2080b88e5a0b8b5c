import { useEffect, useState } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { Tile } from "../../main/contract/snapshot.ts";
import { useAsk, useSessionState, useSnapshot } from "./till.tsx";
import { setView } from "./view.ts";

/** Typing is asked about after this pause, so that a fast typist does not ask for each letter. */
const typingPauseMs = 60;

/** Tiles, and what was searched for when they were found; nothing for the tiles of a category. */
type FoundTiles = { readonly tiles: readonly Tile[]; readonly query: string };

/**
 * The tiles of a category, or what a search found where something is typed. The last ones stay until the new ones are
 * there, so that nothing flickers; they are asked for again when the goods have changed or the line was lost.
 */
export function useTiles(category: string | null, query: string): FoundTiles {
  const ask = useAsk();
  const { catalogCursor, run } = useSnapshot();
  const { phase } = useSessionState();
  const [shown, setShown] = useState<FoundTiles>({ tiles: [], query: "" });
  const text = query.trim();
  useEffect(() => {
    if (phase !== "ready" || (text === "" && category === null)) return;
    let isWanted = true;
    const fetchTiles = async () => {
      try {
        const found =
          text === ""
            ? await ask("catalog.tiles", { category: category ?? "" })
            : await ask("catalog.search", { query: text });
        if (isWanted) setShown({ tiles: found.tiles, query: text });
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        const isLine = error.code === "wire.closed";
        if (isWanted && !isLine)
          setView({ message: { kind: "fault", fault: { code: error.code, params: error.params } } });
      }
    };
    const timer = setTimeout(() => void fetchTiles(), text === "" ? 0 : typingPauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [ask, category, text, catalogCursor, run, phase]);
  return shown;
}
