import type { z } from "zod";
import { schemasAreInterpreted } from "./interpreted-schemas.ts";
import { platformErrorSchema, type PlatformErrorCode } from "../../sync/protocol/api.ts";

/**
 * Why the platform gave no answer that a page can use. `away`: nothing came within the time, or it said that it cannot
 * answer now. `refused`: it answered with a code. `unreadable`: it answered something that this page does not know, as
 * a newer platform may. `crowded`: the page has too much under way already; nothing was sent.
 */
export type PlatformFault =
  | { readonly kind: "away" }
  | { readonly kind: "refused"; readonly code: PlatformErrorCode }
  | { readonly kind: "unreadable" }
  | { readonly kind: "crowded" };

/** Thrown in place of an answer. */
export class PlatformRefusal extends Error {
  readonly fault: PlatformFault;

  constructor(fault: PlatformFault, options?: ErrorOptions) {
    super(fault.kind === "refused" ? fault.code : fault.kind, options);
    this.name = "PlatformRefusal";
    this.fault = fault;
  }
}

/** Asks the platform that served this page. */
export type PlatformHttp = <T extends z.ZodType>(
  request: { method: "GET" | "POST"; path: string; bearer?: string | undefined; body?: unknown },
  schema: T,
) => Promise<z.infer<T>>;

/** A request that has no answer by then counts as not answered; it may have arrived all the same. */
const timeLimitMs = 8000;
const mostAtATime = 4;
const mostWaiting = 24;
const mostAnswerCharacters = 4_000_000;

/**
 * Requests to the platform at `origin`: each has a time limit, four run at a time, and at most 24 wait for their turn.
 * What it throws is always a `PlatformRefusal`.
 */
export function createPlatformHttp(origin: string): PlatformHttp {
  if (!schemasAreInterpreted()) throw new Error("The schemas were made before they were set to be interpreted.");
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < mostAtATime) {
      running += 1;
      return;
    }
    if (waiting.length >= mostWaiting) throw new PlatformRefusal({ kind: "crowded" });
    // Whoever leaves hands its place over, so that `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async (request, schema) => {
    await enter();
    try {
      return await ask(origin, request, schema);
    } finally {
      leave();
    }
  };
}

async function ask<T extends z.ZodType>(
  origin: string,
  request: Parameters<PlatformHttp>[0],
  schema: T,
): Promise<z.infer<T>> {
  const { ok, status, text } = await send(origin, request);
  const value = readJson(text);
  if (ok) {
    const answer = schema.safeParse(value);
    if (!answer.success) throw new PlatformRefusal({ kind: "unreadable" }, { cause: answer.error });
    return answer.data;
  }
  const refusal = platformErrorSchema.safeParse(value);
  const isAway = status === 408 || status === 425 || status === 429 || status >= 500;
  if (isAway) throw new PlatformRefusal({ kind: "away" });
  if (!refusal.success) throw new PlatformRefusal({ kind: "unreadable" });
  throw new PlatformRefusal({ kind: "refused", code: refusal.data.code });
}

async function send(
  origin: string,
  { method, path, bearer, body }: Parameters<PlatformHttp>[0],
): Promise<{ ok: boolean; status: number; text: string }> {
  try {
    const response = await fetch(new URL(path, origin), {
      method,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(timeLimitMs),
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (cause) {
    throw new PlatformRefusal({ kind: "away" }, { cause });
  }
}

function readJson(text: string): unknown {
  if (text.length > mostAnswerCharacters) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fills the parts in braces of one of the protocol's paths. */
export function pathWith(
  path: string,
  parts: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ""));
  const asked = Object.entries(query).filter((each): each is [string, string | number] => each[1] !== undefined);
  if (asked.length === 0) return filled;
  return `${filled}?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString()}`;
}
