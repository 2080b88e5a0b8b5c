import { platformErrorCodes, type PlatformErrorCode } from "./protocol/api.ts";

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

/** A request to the platform that failed. `retryAfterMs` is what the platform asked for, where it asked. */
export class SyncError extends Error {
  readonly code: SyncErrorCode;
  readonly retryAfterMs: number | undefined;
  constructor(code: SyncErrorCode, detail: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(`${code}: ${detail}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "SyncError";
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}
