import { createHash, type KeyObject } from "node:crypto";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance, type AxiosResponse } from "axios";
import type { z } from "zod";
import { SyncError, type SyncErrorCode } from "./errors.ts";
import { helloResponseSchema, nonceHeader, paths, platformErrorSchema } from "./protocol/api.ts";
import { utf8 } from "./protocol/bytes.ts";
import { requestLine, signRequestProof } from "./protocol/request-proof.ts";

/** How long a request may take before its outcome counts as not known. */
const requestTimeoutMs = 10_000;

/** The largest answer that is read: a page of changes or a picture. */
const maximumAnswerBytes = 8 * 1024 * 1024;

/** How long a nonce is used before a fresh one is fetched; the platform takes it for longer than that. */
const nonceLifetimeMs = 120_000;

/** Who signs this till's requests. */
export type RequestIdentity = { tillId: string; keyId: string; privateKey: KeyObject };

/** Wall and monotonic time of this machine. The platform's time is worked out from it. */
export type ClientClock = { now(): number };

/** What the client is made of. `identity` is asked for each request, since a till is enrolled while it runs. */
export type PlatformClientOptions = {
  baseUrl: string;
  clock: ClientClock;
  identity(): RequestIdentity | null;
  /** How long a request may take in all before its outcome counts as not known; ten seconds when left out. */
  timeoutMs?: number;
  /** Hears of every contact with the platform, good or not, so that the till knows whether it is on line. */
  onContact(contact: { ok: true } | { ok: false; error: SyncError }): void;
};

/** One request. `open` ones carry no signature. */
export type PlatformRequest<T extends z.ZodType> = {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  open?: boolean;
  answer: T;
};

/**
 * Speaks HTTP to the platform. Each signed request carries a JWT of its own over a platform nonce and the body's hash.
 * A request is sent once: only a refused nonce is answered by signing again, because that request was not taken.
 */
export class PlatformClient {
  readonly #options: PlatformClientOptions;
  readonly #http: AxiosInstance;
  readonly #agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  #nonce: { value: string; at: number } | null = null;
  #clockOffsetMs: number | undefined;
  /** Whether this machine's clock was held against the platform's: a nonce comes with any answer, the time only with one. */
  #isClockKnown = false;
  #lastGoodContactAt: number | null = null;

  constructor(options: PlatformClientOptions) {
    this.#options = options;
    this.#http = axios.create({
      baseURL: options.baseUrl,
      ...this.#agents,
      maxRedirects: 0,
      maxContentLength: maximumAnswerBytes,
      maxBodyLength: 2 * 1024 * 1024,
      proxy: false,
      responseType: "arraybuffer",
      validateStatus: () => true,
      transitional: { clarifyTimeoutError: true },
    });
  }

  /** By how much the platform's clock is ahead of this machine's; not known before the platform has told its time. */
  get clockOffsetMs(): number | undefined {
    return this.#clockOffsetMs;
  }

  /** When the platform last answered anything, by this machine's clock. */
  get lastGoodContactAt(): number | null {
    return this.#lastGoodContactAt;
  }

  /**
   * Sends one request and reads its answer.
   * @throws SyncError `platform.not-reached` when nothing of it can have left, `platform.no-answer` when it may have been
   * read, or what the platform refused it with.
   */
  async request<T extends z.ZodType>(request: PlatformRequest<T>): Promise<z.infer<T>> {
    const response = await this.#sendSigned(request);
    const read = request.answer.safeParse(readJson(response));
    if (read.success) return read.data;
    throw this.#failed(new SyncError("platform.bad-answer", request.path, { cause: read.error }));
  }

  /** Fetches bytes that anybody may have, a picture for example. */
  async bytes(path: string): Promise<{ type: string; bytes: Uint8Array }> {
    const response = await this.#send({ method: "GET", path }, null, undefined);
    this.#refuse(response, path);
    return { type: String(response.headers["content-type"] ?? ""), bytes: new Uint8Array(response.data) };
  }

  /**
   * Makes sure that the platform has been heard within `freshMs`, with a question that moves nothing. It decides, before
   * a payment starts, whether the till is on line.
   */
  async ensureReachable(freshMs: number): Promise<void> {
    const heardAt = this.#lastGoodContactAt;
    if (heardAt !== null && this.#options.clock.now() - heardAt < freshMs && this.#hasFreshNonce()) return;
    await this.#hello();
  }

  /** Closes the connections that are kept alive. */
  close(): void {
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }

  async #sendSigned(request: PlatformRequest<z.ZodType>): Promise<AxiosResponse<ArrayBuffer>> {
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    if (request.open === true) {
      const response = await this.#send(request, null, body);
      this.#refuse(response, request.path);
      return response;
    }
    let response = await this.#send(request, await this.#proof(request, body), body);
    // This machine's clock may have been set since it was held against the platform's; that is done again with the nonce.
    if (response.status === 401) this.#isClockKnown = false;
    if (response.status === 401 && isNonceRefusal(response)) {
      response = await this.#send(request, await this.#proof(request, body), body);
    }
    this.#refuse(response, request.path);
    return response;
  }

  async #proof(request: { method: string; path: string }, body: string | undefined): Promise<string> {
    const identity = this.#options.identity();
    if (identity === null) throw new SyncError("auth.missing", "The till is not enrolled");
    if (!this.#isClockKnown || !this.#hasFreshNonce()) await this.#hello();
    const nowSeconds = Math.floor((this.#options.clock.now() + (this.#clockOffsetMs ?? 0)) / 1000);
    const claims = {
      iss: identity.tillId,
      aud: "suanpan-platform" as const,
      iat: nowSeconds,
      exp: nowSeconds + 60,
      nonce: this.#nonce?.value ?? "",
      request: requestLine(request.method, request.path),
      bodyHash: createHash("sha256")
        .update(utf8(body ?? ""))
        .digest("hex"),
    };
    return await signRequestProof({ privateKey: identity.privateKey, keyId: identity.keyId, claims });
  }

  #hasFreshNonce(): boolean {
    return this.#nonce !== null && this.#options.clock.now() - this.#nonce.at < nonceLifetimeMs;
  }

  async #hello(): Promise<void> {
    const before = this.#options.clock.now();
    const response = await this.#send({ method: "GET", path: paths.hello }, null, undefined);
    this.#refuse(response, paths.hello);
    const read = helloResponseSchema.safeParse(readJson(response));
    if (!read.success) throw this.#failed(new SyncError("platform.bad-answer", paths.hello, { cause: read.error }));
    const after = this.#options.clock.now();
    // The answer was written somewhere between asking and hearing: the middle is off by half the journey at most.
    this.#clockOffsetMs = Date.parse(read.data.time) - Math.round((before + after) / 2);
    this.#isClockKnown = true;
    this.#nonce = { value: read.data.nonce, at: after };
  }

  async #send(
    request: { method: "GET" | "POST"; path: string },
    proof: string | null,
    body: string | undefined,
  ): Promise<AxiosResponse<ArrayBuffer>> {
    try {
      const response = await this.#http.request<ArrayBuffer>({
        method: request.method,
        url: request.path,
        // A deadline for the whole of it: a limit on silence alone is never reached where bytes trickle in.
        signal: AbortSignal.timeout(this.#options.timeoutMs ?? requestTimeoutMs),
        ...(body === undefined ? {} : { data: body }),
        headers: {
          accept: "application/json",
          // Told nothing, axios calls a POST without a body a form, which no platform takes.
          "content-type": body === undefined ? false : "application/json",
          ...(proof === null ? {} : { authorization: `Bearer ${proof}` }),
        },
      });
      this.#heard(response);
      return response;
    } catch (cause) {
      throw this.#failed(new SyncError(codeOfFailure(cause), request.path, { cause: withoutRequest(cause) }));
    }
  }

  #heard(response: AxiosResponse<ArrayBuffer>): void {
    const now = this.#options.clock.now();
    const nonce: unknown = response.headers[nonceHeader];
    if (typeof nonce === "string" && nonce !== "") this.#nonce = { value: nonce, at: now };
    if (response.status < 500) this.#lastGoodContactAt = now;
    if (response.status < 400) this.#options.onContact({ ok: true });
  }

  #refuse(response: AxiosResponse<ArrayBuffer>, path: string): void {
    if (response.status >= 200 && response.status < 300) return;
    const retryAfterMs = retryAfterOf(response);
    const refusal = platformErrorSchema.safeParse(readJson(response));
    const mark = refusal.success ? refusal.data.mark : undefined;
    const code = refusal.success ? refusal.data.code : codeOfStatus(response.status);
    const details = {
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(mark === undefined ? {} : { mark }),
    };
    throw this.#failed(new SyncError(code, `${response.status} ${path}`, details));
  }

  #failed(error: SyncError): SyncError {
    this.#options.onContact({ ok: false, error });
    return error;
  }
}

/** Failures of a connection that was never made: not one byte of the request can have been read. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ENETDOWN"]);

/** What Node calls a certificate that does not fit; a wrong clock makes every certificate look expired or too young. */
const certificateFailures = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "DEPTH_ZERO_SELF_SIGNED_CERT"]);

function codeOfFailure(cause: unknown): SyncErrorCode {
  const code = axios.isAxiosError(cause) ? (cause.code ?? "") : "";
  if (neverSent.has(code) && failedToConnect(cause)) return "platform.not-reached";
  if (certificateFailures.has(code)) return "platform.certificate";
  return "platform.no-answer";
}

/** The same codes can end a connection that stood, when a part of the request may have been read. */
function failedToConnect(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // One error for each address of a host that has several.
  if (error instanceof AggregateError) return error.errors.every(failedToConnect);
  if ("syscall" in error) return error.syscall === "connect" || error.syscall === "getaddrinfo";
  return failedToConnect(error.cause);
}

function codeOfStatus(status: number): SyncErrorCode {
  if (status === 429 || status === 503) return "busy";
  if (status === 401) return "auth.invalid";
  if (status === 403) return "auth.revoked";
  if (status === 404) return "not-found";
  if (status === 413) return "request.too-large";
  return status >= 500 ? "internal" : "platform.bad-answer";
}

function isNonceRefusal(response: AxiosResponse<ArrayBuffer>): boolean {
  const read = platformErrorSchema.safeParse(readJson(response));
  return read.success && read.data.code === "auth.nonce";
}

function readJson(response: AxiosResponse<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(response.data));
  } catch {
    // Whoever reads it by a schema refuses `undefined` and says which answer it was.
    return undefined;
  }
}

function retryAfterOf(response: AxiosResponse<ArrayBuffer>): number | undefined {
  const seconds = Number(response.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}

/** An axios error holds the whole request, its authorisation too; a log must never see that. */
function withoutRequest(cause: unknown): Error {
  return axios.isAxiosError(cause)
    ? new Error(`${cause.code ?? ""} ${cause.message}`.trim())
    : new Error(String(cause));
}
