import iconv from "iconv-lite";
import type { PrinterTextMode } from "./profiles.ts";

/** One printed character: its bytes and the half-width columns it takes. */
export interface TextCell {
  character: string;
  bytes: Uint8Array;
  /** 1, or 2 for a full-width glyph. */
  columns: 1 | 2;
}

/**
 * What stands in for a character that a printer lacks, tried in this order: the character itself, a listed stand-in
 * (below), its compatibility form (NFKC), its base letter without marks (NFKD), "?".
 */
const standIns: ReadonlyMap<string, string> = new Map([
  // GB18030 has no two-byte yen sign of normal width, and the four-byte one is missing from the fonts of most printers.
  ["\u00a5", "\uffe5"],
  ["\u00a3", "\uffe1"],
  ["\u00a2", "\uffe0"],
  ["\uffe5", "\u00a5"],
  ["\uffe1", "\u00a3"],
  ["\u20ac", "EUR"],
  ["\u00df", "ss"],
  ["\u00e6", "ae"],
  ["\u00c6", "AE"],
  ["\u00f8", "o"],
  ["\u00d8", "O"],
  ["\u0153", "oe"],
  ["\u0152", "OE"],
  ["\u2018", "'"],
  ["\u2019", "'"],
  ["\u201c", '"'],
  ["\u201d", '"'],
  ["\u2010", "-"],
  ["\u2011", "-"],
  ["\u2012", "-"],
  ["\u2013", "-"],
  ["\u2014", "-"],
  ["\u2212", "-"],
  ["\u00d7", "x"],
  ["\u2022", "*"],
  ["\u00b7", "."],
]);

/** Marks, joiners, direction and variation marks, byte order marks: nothing to print by themselves. */
const invisiblePattern = /[\p{Mn}\p{Me}\p{Cf}\p{Co}\u115f\u1160\u3164]/u;
/** C0, DEL, C1, and lone surrogates. None of them may reach a printer, where they would be commands. */
const controlPattern = /[\p{Cc}\p{Cs}]/u;
const spacePattern = /[\p{Zs}\p{Zl}\p{Zp}]/u;
const ideographicSpace = "\u3000";

/**
 * The printable characters of a text for this kind of printer, in order. Control characters are dropped, so no text can
 * give the printer a command; a tab becomes one space. Line feeds must have been split off before.
 */
export function textCells(text: string, mode: PrinterTextMode): TextCell[] {
  const cells: TextCell[] = [];
  for (const character of text.normalize("NFC")) {
    if (character === "\t") cells.push(...(directCells(" ", mode) ?? []));
    else if (!controlPattern.test(character) && !invisiblePattern.test(character))
      cells.push(...cellsOf(character, mode));
  }
  return cells;
}

/** Columns a run of cells takes at normal width. */
export function cellColumns(cells: readonly TextCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.columns, 0);
}

function cellsOf(character: string, mode: PrinterTextMode): TextCell[] {
  if (spacePattern.test(character) && character !== ideographicSpace) return directCells(" ", mode) ?? [];
  const candidates = [
    character,
    standIns.get(character),
    character.normalize("NFKC"),
    character.normalize("NFKD").replaceAll(/\p{M}/gu, ""),
    "?",
  ];
  for (const candidate of candidates) {
    const cells = candidate === undefined || candidate === "" ? undefined : directCells(candidate, mode);
    if (cells !== undefined) return cells;
  }
  return [];
}

/** The cells of a text that the printer can show as it is, or nothing when a single character is missing. */
function directCells(text: string, mode: PrinterTextMode): TextCell[] | undefined {
  const cells: TextCell[] = [];
  for (const character of text) {
    const cell = mode.kind === "gb18030" ? chineseCell(character) : codePageCell(character, mode.encoding);
    if (cell === undefined) return undefined;
    cells.push(cell);
  }
  return cells;
}

/** ASCII as one byte, else the two-byte form. Four-byte GB18030 is refused: few printers have those glyphs. */
function chineseCell(character: string): TextCell | undefined {
  if (isPrintableAscii(character)) return { character, bytes: Uint8Array.of(character.charCodeAt(0)), columns: 1 };
  const bytes = iconv.encode(character, "gb18030");
  // The user-defined area (lead bytes AA-AF, F8-FE and A1-A7 with a low trail byte) is decoded to private characters,
  // which never come this far.
  return bytes.length === 2 ? { character, bytes, columns: 2 } : undefined;
}

function codePageCell(character: string, encoding: string): TextCell | undefined {
  if (isPrintableAscii(character)) return { character, bytes: Uint8Array.of(character.charCodeAt(0)), columns: 1 };
  const bytes = iconv.encode(character, encoding);
  const byte = bytes[0] ?? 0;
  // The library writes "?" for what it lacks, and decoding tells a real match from a look-alike.
  if (bytes.length !== 1 || byte < 0x80 || iconv.decode(bytes, encoding) !== character) return undefined;
  return { character, bytes, columns: 1 };
}

function isPrintableAscii(character: string): boolean {
  return character >= " " && character <= "~" && character.length === 1;
}
