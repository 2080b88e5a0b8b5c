/** The words of one cash key: what it takes, and the change it gives. */
type CashFace = { readonly label: string; readonly second: string };

/** How many of the suggested notes have a key beside "Other", and whether all of them are set in the smallest size. */
type CashKeysFit = { readonly count: number; readonly isSmall: boolean };

/** The exact amount and two notes have a key of their own, as long as their words stay on their line. */
const mostSuggestions = 3;
/** The right panel of 452 px without its padding of 20 px (the look, section 7). */
const rowWidthPx = 412;
const gapPx = 8;
/** A key's padding and border on both sides. */
const edgesPx = 8;
const narrowestPx = 64;
const labelSizePx = 17;
const smallestSizePx = 16;

/** Advance widths in parts of the type's size, rounded up from Inter at weight 600 and Noto Sans SC. */
function advanceOf(character: string): number {
  if (character > "\u2e80") return 1;
  if (/[.,:\s]/.test(character)) return 0.32;
  return /[\d¥$€£]/.test(character) ? 0.66 : 0.6;
}

function widthPx(text: string, sizePx: number): number {
  let width = 0;
  for (const character of text) width += advanceOf(character) * sizePx;
  return width;
}

function rowPx(faces: readonly CashFace[], labelPx: number): number {
  return faces.reduce((sum, { label, second }, index) => {
    const words = Math.max(widthPx(label, labelPx), widthPx(second, smallestSizePx));
    return sum + Math.max(narrowestPx, words + edgesPx) + (index === 0 ? 0 : gapPx);
  }, 0);
}

/**
 * How many suggestions fit beside the key for any other amount, each word on its line, so that the row keeps its height
 * with every amount and in every language. The exact amount always keeps its key.
 */
export function cashKeysThatFit(suggestions: readonly CashFace[], other: CashFace): CashKeysFit {
  const shown = suggestions.slice(0, mostSuggestions);
  for (const labelPx of [labelSizePx, smallestSizePx]) {
    if (rowPx([...shown, other], labelPx) <= rowWidthPx) {
      return { count: shown.length, isSmall: labelPx === smallestSizePx };
    }
  }
  const fewer = suggestions.slice(0, mostSuggestions - 1);
  const count = rowPx([...fewer, other], smallestSizePx) <= rowWidthPx ? fewer.length : 1;
  return { count, isSmall: true };
}
