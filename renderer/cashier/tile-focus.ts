/** How far an arrow key moves in a grid of tiles, in tiles. */
function stepOf(key: string, columns: number): number | null {
  switch (key) {
    case "ArrowRight":
      return 1;
    case "ArrowLeft":
      return -1;
    case "ArrowDown":
      return columns;
    case "ArrowUp":
      return -columns;
    default:
      return null;
  }
}

/** The tile that an arrow key, Home or End moves to from tile `index` of `count`; null where the key moves nowhere. */
export function nextTile(key: string, index: number, count: number, columns: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = stepOf(key, columns);
  if (step === null) return null;
  const next = index + step;
  return next >= 0 && next < count ? next : null;
}
