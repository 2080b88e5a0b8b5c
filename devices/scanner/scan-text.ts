import { Buffer } from "node:buffer";
import type { Scan, ScanSource } from "./scan.ts";

/** `]`, a code letter and a modifier: ISO/IEC 15424, also called the AIM identifier. */
const symbologyPattern = /^\][A-Za-z][0-9A-Za-z]/;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Makes a scan of one whole frame. The text is decoded only here, after framing: a chunk may end in the middle of a
 * character.
 */
export function scanFromFrame(bytes: Uint8Array, source: ScanSource, at: number): Scan {
  const raw = Buffer.from(bytes);
  const symbology = symbologyPattern.exec(raw.subarray(0, 3).toString("latin1"))?.[0];
  const data = symbology === undefined ? raw : raw.subarray(symbology.length);
  const scan: Scan = { text: decodeText(data), hex: raw.toString("hex"), source, at };
  return symbology === undefined ? scan : { ...scan, symbology };
}

function decodeText(data: Buffer): string {
  try {
    return strictUtf8.decode(data);
  } catch {
    return data.toString("latin1");
  }
}
