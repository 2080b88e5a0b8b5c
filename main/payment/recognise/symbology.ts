/**
 * What the AIM symbology identifier (ISO/IEC 15424) tells about the data: `gs1` carries element strings, `retail` the digits
 * of one trade item, `retail-add-on` such digits with two or five more behind them, `open` anything.
 */
export type Carrier = "gs1" | "retail" | "retail-add-on" | "open";

/** GS1-128, DataBar with its composites, DataMatrix, QR Code and DotCode with FNC1 in the first place (GenSpecs, section 5.1.3). */
const gs1Carriers: ReadonlySet<string> = new Set(["]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1"]);

/** EAN, UPC, ISBN, and ITF-14 with its check digit. */
const retailCarriers: ReadonlySet<string> = new Set(["]E0", "]E4", "]X0", "]I1"]);

/** Where wallets show their codes: Code 128 and QR Code. A reader that does not say what it read may have read either. */
const walletCarriers: ReadonlySet<string | undefined> = new Set([undefined, "]C0", "]Q0", "]Q1", "]Q2"]);

/** What kind of data a symbol carries. */
export function carrierOf(symbology: string | undefined): Carrier {
  if (symbology === undefined) return "open";
  if (gs1Carriers.has(symbology)) return "gs1";
  if (symbology === "]E3") return "retail-add-on";
  return retailCarriers.has(symbology) ? "retail" : "open";
}

/** Whether a wallet would show its payment code in this symbol. */
export function mayCarryWalletCode(symbology: string | undefined): boolean {
  return walletCarriers.has(symbology);
}

/** The identifier that a keyboard scanner types in front of the data, and the data behind it. */
export function splitSymbology(text: string): { symbology: string | undefined; data: string } {
  const symbology = /^\][A-Za-z][0-9A-Za-z]/.exec(text)?.[0];
  return symbology === undefined ? { symbology, data: text } : { symbology, data: text.slice(symbology.length) };
}
