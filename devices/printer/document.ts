/** How large text is printed: `wide` doubles the width, `double` both. Wide characters take two columns each. */
export type TextSize = "normal" | "wide" | "double";

/** Where a text stands in its line. */
export type TextAlign = "left" | "center" | "right";

/** A drawer's socket pin: most drawers listen to pin 2, a second one to pin 5. */
export type DrawerPin = 2 | 5;

/**
 * One thing to print. Texts may hold any character and any length: what the printer cannot show is replaced, control
 * characters are dropped (a line feed begins a new line), and what is too long is wrapped, never cut off.
 */
export type ReceiptBlock =
  | { kind: "text"; text: string; align?: TextAlign; bold?: boolean; size?: TextSize }
  /** A name and its amount. The name wraps beside the amount, which stays whole on the first line. */
  | { kind: "columns"; left: string; right: string; bold?: boolean; size?: TextSize }
  /** Three cells: the left one wraps, the other two are set right in columns of their own. */
  | { kind: "row"; left: string; middle: string; right: string; bold?: boolean }
  | { kind: "rule" }
  /** Empty lines, 1 to 20. */
  | { kind: "feed"; lines: number }
  /** A QR code (model 2, error level M). `size` is the dots per module, 1 to 8; 6 by default. */
  | { kind: "qr"; data: string; size?: number }
  | { kind: "cut" }
  | { kind: "drawer"; pin: DrawerPin };

/** What a receipt says, without a word about the printer that will print it. */
export type ReceiptDocument = readonly ReceiptBlock[];
