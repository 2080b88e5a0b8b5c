import bwipjs from "bwip-js/node";

/**
 * The modules of a QR code (ISO/IEC 18004, error level M) as rows of `1` (dark) and `0`, without the quiet zone.
 * @throws Error when the text is longer than a QR code holds.
 */
export function qrRows(text: string): string[] {
  // In its raw form the encoder gives one entry per module of a square, row after row.
  const [symbol] = bwipjs.raw("qrcode", text, "eclevel=M");
  if (symbol === undefined || !("pixs" in symbol)) throw new TypeError("The encoder drew no square symbol");
  const { pixs, pixx } = symbol;
  const rows: string[] = [];
  for (let start = 0; start < pixs.length; start += pixx) rows.push(pixs.slice(start, start + pixx).join(""));
  return rows;
}
