import type { Head } from "../../sync/protocol/entry.ts";
import { statusOfPlatformError, type PlatformErrorBody, type PlatformErrorCode } from "../../sync/protocol/api.ts";

/** A request that is refused. What it says goes to the caller as it stands, so it names no secret. */
export class PlatformError extends Error {
  readonly code: PlatformErrorCode;
  readonly status: number;
  readonly mark: Head | undefined;
  readonly retryAfterSeconds: number | undefined;
  constructor(code: PlatformErrorCode, detail: string, options: { mark?: Head; retryAfterSeconds?: number } = {}) {
    super(detail);
    this.name = "PlatformError";
    this.code = code;
    this.status = statusOfPlatformError[code];
    this.mark = options.mark;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** The body of the answer. */
  body(): PlatformErrorBody {
    const detail = this.message.slice(0, 500);
    return { code: this.code, detail, ...(this.mark === undefined ? {} : { mark: this.mark }) };
  }
}
