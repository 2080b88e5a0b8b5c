import type { DeviceReason } from "../errors.ts";
import type { PrinterAnswer } from "./escpos-status.ts";

/** What is known of a printer. `unknown` means that it has not said, which is no fault. */
export interface PrinterCondition {
  online: boolean | "unknown";
  paper: "ok" | "near-end" | "out" | "unknown";
  cover: "closed" | "open" | "unknown";
  fault: "none" | "cutter" | "recoverable" | "unrecoverable";
  /** The level of the drawer's switch. Whether high means open depends on the drawer. */
  drawerPin: "high" | "low" | "unknown";
}

/** The n of a `DLE EOT n` question: printer, cause of being off line, fault, paper. */
export type StatusQuestion = 1 | 2 | 3 | 4;

/** Nothing heard yet. */
export const unknownCondition: PrinterCondition = {
  online: "unknown",
  paper: "unknown",
  cover: "unknown",
  fault: "none",
  drawerPin: "unknown",
};

/**
 * The condition after four bytes of automatic status. Byte 1: bit 2 drawer pin, 3 off line, 5 cover. Byte 2: bit 3
 * cutter, 5 unrecoverable, 2 and 6 recoverable. Byte 3: bits 0, 1 near end, 2, 3 paper end. (Epson TM, `GS a`.)
 */
export function afterAutomaticStatus(answer: Extract<PrinterAnswer, { kind: "automatic" }>): PrinterCondition {
  const [first, second, third] = answer.bytes;
  return {
    online: (first & 0x08) === 0,
    paper: paperOf((third & 0x0c) !== 0, (third & 0x03) !== 0),
    cover: (first & 0x20) === 0 ? "closed" : "open",
    fault: faultOf(second),
    drawerPin: (first & 0x04) === 0 ? "low" : "high",
  };
}

/** The condition after the one-byte answer to `DLE EOT question`. */
export function afterRealTimeStatus(
  before: PrinterCondition,
  question: StatusQuestion,
  byte: number,
): PrinterCondition {
  switch (question) {
    case 1:
      return { ...before, online: (byte & 0x08) === 0, drawerPin: (byte & 0x04) === 0 ? "low" : "high" };
    case 2:
      return {
        ...before,
        cover: (byte & 0x04) === 0 ? "closed" : "open",
        // The other paper states are question 4's to tell.
        paper: (byte & 0x20) === 0 ? before.paper : "out",
      };
    case 3:
      return { ...before, fault: faultOf(byte) };
    case 4:
      return { ...before, paper: paperOf((byte & 0x60) !== 0, (byte & 0x0c) !== 0) };
  }
}

/** Bit 2 recoverable, 3 cutter, 5 unrecoverable, 6 clears by itself (a hot head). Both status forms agree on these. */
function faultOf(byte: number): PrinterCondition["fault"] {
  if ((byte & 0x20) !== 0) return "unrecoverable";
  if ((byte & 0x08) !== 0) return "cutter";
  return (byte & 0x44) !== 0 ? "recoverable" : "none";
}

function paperOf(isOut: boolean, isNearEnd: boolean): PrinterCondition["paper"] {
  if (isOut) return "out";
  return isNearEnd ? "near-end" : "ok";
}

/** Why this printer cannot print now, the most useful reason first; nothing when it can or when it has not said. */
export function blockingReason(condition: PrinterCondition): DeviceReason | undefined {
  if (condition.cover === "open") return { code: "printer.cover-open", params: {} };
  if (condition.paper === "out") return { code: "printer.out-of-paper", params: {} };
  if (condition.fault === "cutter") return { code: "printer.cutter-jammed", params: {} };
  if (condition.fault === "unrecoverable") return { code: "printer.faulty", params: {} };
  if (condition.online === false) return { code: "printer.offline", params: {} };
  return undefined;
}

/** What to show of this printer: the blocking reason, or paper that is nearly used up. */
export function shownReason(condition: PrinterCondition): DeviceReason | undefined {
  const blocking = blockingReason(condition);
  if (blocking !== undefined) return blocking;
  return condition.paper === "near-end" ? { code: "printer.near-end", params: {} } : undefined;
}
