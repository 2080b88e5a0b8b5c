import { platformErrorCodes, type PlatformErrorCode } from "./protocol/api.ts";
import type { Head } from "./protocol/entry.ts";

/** What can go wrong between the till and the platform, besides what the platform itself says. */
const ownSyncErrorCodes = [
  /** No connection was made, so nothing of the request has left the till. */
  "platform.not-reached",
  /** The connection broke or fell silent after the request had begun: it may or may not have been read. */
  "platform.no-answer",
  /** The connection is refused because of the certificate; the clock of the till is the usual cause. */
  "platform.certificate",
  /** The answer was not what the protocol says. */
  "platform.bad-answer",
  /** The enrolment code has a typing slip. */
  "enrolment.code-malformed",
  /** The platform that answered is not the one that the enrolment code names. */
  "enrolment.wrong-platform",
] as const;

/** Every way in which a request to the platform can fail. */
export const syncErrorCodes = [...ownSyncErrorCodes, ...platformErrorCodes] as const;

/** A way in which a request to the platform can fail. */
export type SyncErrorCode = (typeof ownSyncErrorCodes)[number] | PlatformErrorCode;

/** What a failed request may say besides its code. */
type SyncErrorDetails = { cause?: unknown; retryAfterMs?: number; mark?: Head };

/**
 * A request to the platform that failed. `retryAfterMs` is what the platform asked for, where it asked; `mark` is where
 * the platform stands, on a gap or a fork.
 */
export class SyncError extends Error {
  readonly code: SyncErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly mark: Head | undefined;
  constructor(code: SyncErrorCode, detail: string, details: SyncErrorDetails = {}) {
    super(`${code}: ${detail}`, details.cause === undefined ? {} : { cause: details.cause });
    this.name = "SyncError";
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
    this.mark = details.mark;
  }
}

/** What a failure means for everything else that is to be sent. */
export type ContactKind = "online" | "offline" | "paused";

/**
 * Sorts a failure: without an answer or with a server in trouble the till is off line and tries again by itself; where
 * the platform refuses this till as a whole, or its journal, everything pauses until a person acts; any other refusal
 * concerns one request and shows that the platform is there.
 */
export function contactKindOf(code: SyncErrorCode): ContactKind {
  switch (code) {
    case "platform.not-reached":
    case "platform.no-answer":
    case "platform.certificate":
    case "platform.bad-answer":
    case "busy":
    case "internal":
      return "offline";
    case "auth.missing":
    case "auth.invalid":
    case "auth.revoked":
    case "ledger.fork":
    case "ledger.not-yours":
    case "ledger.bad-chain":
    case "ledger.bad-signature":
      return "paused";
    default:
      return "online";
  }
}
