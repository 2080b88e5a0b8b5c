import { isAxiosError } from "axios";
import type { UnknownReason } from "./rail.ts";

/** No answer of a rail is longer than this; a bill may be. */
export const maximumAnswerBytes = 256 * 1024;

/** A day's bill, packed or not. */
export const maximumBillBytes = 32 * 1024 * 1024;

/** What of a failed call is known: whether anything can have reached the rail, and why there is no answer. */
export type TransportFailure = { sent: boolean; reason: UnknownReason; detail: string };

/** The codes of a call that never left this machine: no connection came about. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * What a failed call means. Anything that may have reached the rail is unknown. The detail names the failure and never the
 * request, which carries the shopper's code.
 */
export function transportFailure(error: unknown): TransportFailure {
  const code = codeOf(error);
  const detail = code.slice(0, 64);
  if (neverSent.has(code)) return { sent: false, reason: "not-reached", detail };
  if (code === "ECONNABORTED" || code === "ETIMEDOUT" || code === "ERR_CANCELED") {
    return { sent: true, reason: "timeout", detail };
  }
  if (isAxiosError(error) && /maxContentLength/.test(error.message)) {
    return { sent: true, reason: "too-large", detail: "too-large" };
  }
  return { sent: true, reason: "connection-lost", detail };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "no-code";
}
