/** A run of text on the paper and the cells it takes; a printer puts each character into a cell of its own. */
export type Segment = { readonly text: string; readonly start: number; readonly end: number };

/** Chinese characters and full-width signs take two cells (Unicode Standard Annex 11, East Asian Width W and F). */
function cellsOf(character: string): number {
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
    character,
  )
    ? 2
    : 1;
}

/** The cells a text takes. */
function cellWidth(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOf(character);
  return cells;
}

/**
 * Splits a printed line where two or more spaces stand, so that what the printer put into columns stays in columns on a
 * page whose letters are of different widths.
 */
export function segmentsOf(line: string): readonly Segment[] {
  return [...line.matchAll(/\S+(?: \S+)*/gu)].map((found) => {
    const start = cellWidth(line.slice(0, found.index));
    return { text: found[0], start, end: start + cellWidth(found[0]) };
  });
}
