/** Where a scan came from. Other kinds of scanner add their own word. */
export type ScanSource = "serial";

/** One code as a scanner read it. Nothing is recognised or checked yet. */
export interface Scan {
  /**
   * The code's text without the symbology identifier: UTF-8 where the bytes are valid UTF-8, else each byte as the
   * character of the same number (ISO 8859-1). A GS1 field separator stays U+001D.
   */
  text: string;
  /** The raw bytes of the frame in lower-case hex, symbology identifier included, start and end characters not. */
  hex: string;
  /** The AIM symbology identifier (ISO/IEC 15424) such as `]E0`, where the scanner sends it. */
  symbology?: string;
  source: ScanSource;
  /** When the last byte of the code arrived, in milliseconds since the Unix epoch. */
  at: number;
}

/** Bytes that were no code. They are counted and dropped; `code` is the reason to show. */
export interface ScanRubbish {
  code: "scanner.frame-too-long" | "scanner.half-frame";
  /** How many bytes were dropped. */
  length: number;
  /** When the till gave up on them, in milliseconds since the Unix epoch. */
  at: number;
}
