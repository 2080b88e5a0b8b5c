import { reasonOf } from "../errors.ts";
import type { DeviceError, DeviceReason } from "../errors.ts";

/** Bytes to print once. The caller has stored them, and the id, before it hands them over. */
export interface PrintJob {
  /** Unique per copy: a reprint is another job with another id. */
  id: string;
  bytes: Uint8Array;
}

/**
 * What the till knows about a job, from the surest to the least sure, and what it knows it from.
 * `process-id`: the printer said that everything before the question was printed. `in-order-status`: it worked through
 * the job's bytes. `clean-status`: it was well, long enough after. `buffer-cleared`: it dropped what it held.
 */
export interface PrintEvidence {
  kind: "process-id" | "in-order-status" | "clean-status" | "buffer-cleared" | "none";
  /** Plain technical detail for the ledger: `process id 0042`. Empty where there is nothing to say. */
  detail: string;
  /** When it was seen, in milliseconds since the Unix epoch. */
  at: number;
}

/**
 * How a job ended. `printed` is proven; `probably` has weaker evidence; `unknown` means that bytes left and nothing was
 * heard of them; `failed` is certain: it is not on paper, or not whole. Nothing is ever sent a second time by itself:
 * after anything but `printed` a person decides about another copy.
 */
export interface PrintResult {
  id: string;
  state: "printed" | "probably" | "unknown" | "failed";
  evidence: PrintEvidence;
  /** Whether any byte of the job may have left the till. When false, trying again cannot make a second copy. */
  bytesLeft: boolean;
  /** What stood in the way, where something did. */
  reason?: DeviceReason;
}

/** A job that ended before any of its bytes left. */
export function failedBeforeSending(id: string, reason: DeviceReason, at: number): PrintResult {
  return { id, state: "failed", evidence: { kind: "none", detail: "", at }, bytesLeft: false, reason };
}

/** A job of which bytes left and nothing more is known. */
export function unknownAfterSending(id: string, reason: DeviceReason, at: number): PrintResult {
  return { id, state: "unknown", evidence: { kind: "none", detail: "", at }, bytesLeft: true, reason };
}

/** The reason a printer shows for an error of its transport: an owner knows printers, not connections. */
export function describePrinterError(error: DeviceError): DeviceReason {
  const reason = reasonOf(error);
  const isUnreachable = ["device.unreachable", "device.connection-lost", "device.port-missing", "device.closed"];
  return isUnreachable.includes(error.code) ? { code: "printer.unreachable", params: reason.params } : reason;
}
