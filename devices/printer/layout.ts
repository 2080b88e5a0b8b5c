import type { ReceiptBlock, TextAlign, TextSize } from "./document.ts";
import type { PrinterProfile } from "./profiles.ts";
import { cellColumns, textCells } from "./text-cells.ts";
import type { TextCell } from "./text-cells.ts";

/** One printed line: cells that fit the paper, padded from the left, and how they are printed. */
export interface LaidLine {
  cells: TextCell[];
  bold: boolean;
  size: TextSize;
}

type TextBlock = Extract<ReceiptBlock, { kind: "text" | "columns" | "row" }>;

/** The lines of a text, columns or row block on this printer's paper. No line is wider than the paper. */
export function layOut(block: TextBlock, profile: PrinterProfile): LaidLine[] {
  const size = block.kind === "row" ? "normal" : (block.size ?? "normal");
  const columns = size === "normal" ? profile.columns : Math.floor(profile.columns / 2);
  const context: LayoutContext = { profile, columns };
  const lines = cellLines(block, context);
  return lines.map((cells) => ({ cells, bold: block.bold ?? false, size }));
}

interface LayoutContext {
  profile: PrinterProfile;
  /** Columns of the paper at this block's size. */
  columns: number;
}

function cellLines(block: TextBlock, context: LayoutContext): TextCell[][] {
  switch (block.kind) {
    case "text":
      return wrapText(block.text, context.columns, context).map((line) =>
        aligned(line, block.align ?? "left", context),
      );
    case "columns":
      return besideAmount(block.left, oneLine(block.right, context), context);
    case "row":
      return besideAmount(block.left, joinCells(block.middle, block.right, context), context);
  }
}

/** The two right cells of a row, the last one in a quarter of the paper, where both fit beside a name. */
function joinCells(middle: string, right: string, context: LayoutContext): TextCell[] {
  const rightCells = oneLine(right, context);
  const rightWidth = Math.max(cellColumns(rightCells) + 1, Math.floor(context.columns / 4));
  return [...oneLine(middle, context), ...spaces(rightWidth - cellColumns(rightCells), context), ...rightCells];
}

/**
 * A name that wraps to the left of an amount. An amount that would leave the name less than a third of the paper gets
 * lines of its own, set right: an amount must be read whole.
 */
function besideAmount(left: string, right: readonly TextCell[], context: LayoutContext): TextCell[][] {
  const leftColumns = context.columns - cellColumns(right) - 1;
  if (leftColumns < context.columns / 3) {
    const leftLines = left === "" ? [] : wrapText(left, context.columns, context);
    return [...leftLines, ...wrapCells(right, context.columns).map((line) => aligned(line, "right", context))];
  }
  const [first = [], ...rest] = wrapText(left, leftColumns, context);
  if (right.length === 0) return [first, ...rest];
  const gap = spaces(context.columns - cellColumns(first) - cellColumns(right), context);
  return [[...first, ...gap, ...right], ...rest];
}

function oneLine(text: string, context: LayoutContext): TextCell[] {
  return textCells(text.replaceAll(/[\r\n]+/g, " "), context.profile.textMode);
}

function aligned(line: readonly TextCell[], align: TextAlign, context: LayoutContext): TextCell[] {
  const free = Math.max(0, context.columns - cellColumns(line));
  if (align === "left") return [...line];
  return [...spaces(align === "right" ? free : Math.floor(free / 2), context), ...line];
}

function spaces(count: number, context: LayoutContext): TextCell[] {
  return textCells(" ".repeat(Math.max(0, count)), context.profile.textMode);
}

/** At least one line, which may be empty. */
function wrapText(text: string, columns: number, context: LayoutContext): TextCell[][] {
  return text
    .split(/\r\n|\r|\n/)
    .flatMap((paragraph) => wrapCells(textCells(paragraph, context.profile.textMode), columns));
}

/**
 * Breaks before the word that does not fit; between any two full-width characters, as Chinese is set; and inside a word
 * that is wider than the paper. The space at a break is dropped.
 */
function wrapCells(cells: readonly TextCell[], columns: number): TextCell[][] {
  const lines: TextCell[][] = [];
  let line: TextCell[] = [];
  let used = 0;
  for (const cell of cells) {
    if (used + cell.columns > columns) {
      const carried = cell.character === " " ? [] : carriedWord(line, cell);
      lines.push(withoutTrailingSpaces(line.slice(0, line.length - carried.length)));
      line = carried;
      used = cellColumns(carried);
      if (cell.character === " ") continue;
    }
    line.push(cell);
    used += cell.columns;
  }
  if (line.length > 0 || lines.length === 0) lines.push(line);
  return lines;
}

/** The unfinished word at the end of a full line, when it can go to the next line whole. */
function carriedWord(line: readonly TextCell[], next: TextCell): TextCell[] {
  if (next.columns === 2) return [];
  const breakAt = line.findLastIndex((cell) => cell.character === " " || cell.columns === 2);
  return breakAt < 0 ? [] : line.slice(breakAt + 1);
}

function withoutTrailingSpaces(line: readonly TextCell[]): TextCell[] {
  const end = line.findLastIndex((cell) => cell.character !== " ");
  return line.slice(0, end + 1);
}
