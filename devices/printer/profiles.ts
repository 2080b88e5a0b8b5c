/**
 * How a printer takes text. `gb18030`: Chinese printers, one or two bytes a character. `codePage`: one byte a
 * character, from the table `encoding` that this printer calls number `number` (the numbers differ between makers).
 */
export type PrinterTextMode = { kind: "gb18030" } | { kind: "codePage"; encoding: CodePage; number: number };

/** The single-byte tables the till can write. */
export type CodePage = "cp437" | "cp850" | "cp858" | "windows1252";

/** What the till must know of a printer model. It is data, so that a shop can add its own. */
export interface PrinterProfile {
  name: string;
  /** Half-width characters in a line of normal text. */
  columns: number;
  textMode: PrinterTextMode;
  cut: "full" | "partial" | "none";
  /** Lines to feed before a cut, so that the knife does not go through the last words. */
  feedBeforeCut: number;
  /** Whether the printer draws QR codes itself (`GS ( k`). Where it does not, the code's text is printed. */
  printsQr: boolean;
  /** Whether it answers `GS ( H` function 48, the only positive proof of print in ESC/POS. */
  provesByProcessId: boolean;
  /** Whether `DLE DC4` function 1 opens the drawer although the printer is out of paper or its cover is open. */
  opensDrawerOffline: boolean;
  /** Whether `DLE DC4` function 8 drops what a printer without paper still holds. */
  clearsBuffer: boolean;
}

const chinese80: PrinterProfile = {
  name: "gb18030-80mm",
  columns: 48,
  textMode: { kind: "gb18030" },
  cut: "partial",
  feedBeforeCut: 4,
  printsQr: true,
  provesByProcessId: true,
  opensDrawerOffline: false,
  clearsBuffer: false,
};

/**
 * The profiles a shop can choose from. Columns are those of font A at 576 and 384 dots; the numbers of code pages are
 * from Epson's command reference (`ESC t`).
 */
export const printerProfiles: readonly PrinterProfile[] = [
  chinese80,
  { ...chinese80, name: "gb18030-58mm", columns: 32, cut: "none" },
  {
    ...chinese80,
    name: "epson-80mm",
    textMode: { kind: "codePage", encoding: "cp858", number: 19 },
    opensDrawerOffline: true,
    clearsBuffer: true,
  },
];

/** The profile of this name, or nothing. */
export function printerProfile(name: string): PrinterProfile | undefined {
  return printerProfiles.find((profile) => profile.name === name);
}
