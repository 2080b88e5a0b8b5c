import { setImmediate } from "node:timers/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { faultOf, type Fault } from "../contract/errors.ts";
import { ledgerCheckSchema, type LedgerCheck } from "../contract/snapshot.ts";
import type { Ledger } from "../ledger/open.ts";
import { noteBroken } from "../ledger/start-check.ts";
import { copyForCheck, removeCopy } from "../ledger/tool-copies.ts";
import type { CheckMessage, CheckOrder } from "./check-messages.ts";

/** What the checks work with. `workerFile` is another one in tests of a thread that dies. */
export type LedgerCheckParts = {
  ledger: Ledger;
  folder: string;
  workerFile?: URL;
  now(): number;
  format(timeMs: number): string;
  /** What a page shows of it has changed. */
  changed(): void;
  /** Why a check came to no result, for the log. */
  failed(error: unknown): void;
};

const resultKey = "ledger.check";

/** The thread's file lies beside this one, under its built name where this one is built. The bundler must not read it. */
const besideThis = import.meta.url.endsWith(".ts") ? "./check-worker.ts" : "./check-worker.js";

/**
 * Checks of the whole ledger, one at a time, beside selling: each reads a copy, in a thread of its own. The last result
 * is kept over restarts.
 */
export class LedgerChecks {
  readonly #parts: LedgerCheckParts;
  #shown: LedgerCheck | undefined;
  #running: Promise<void> | null = null;
  #worker: Worker | null = null;
  #closed = false;

  constructor(parts: LedgerCheckParts) {
    this.#parts = parts;
    this.#shown = readResult(parts.ledger.settings.read(resultKey));
  }

  /** How far the check is that runs, or what the last one came to. */
  get current(): LedgerCheck | undefined {
    return this.#shown;
  }

  /** When the last check of the whole ledger came to its end without being stopped, in Unix milliseconds. */
  lastCompleteMs(): number | undefined {
    const shown = this.#shown;
    return shown?.state === "complete" || shown?.state === "broken" ? Date.parse(shown.at) : undefined;
  }

  /** Begins a check; one that runs goes on. */
  start(): void {
    if (this.#running !== null || this.#closed) return;
    const { ledger, now, format } = this.#parts;
    const startedMs = now();
    this.#show({ state: "running", done: 0, entries: ledger.head().seq, startedAt: format(startedMs) });
    this.#running = this.#check(startedMs).finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when no check runs any more. */
  async ended(): Promise<void> {
    await this.#running;
  }

  /** Stops a check that runs; what the one before came to stays. Its copy is gone when this resolves. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
    await this.#running;
  }

  async #check(startedMs: number): Promise<void> {
    const { ledger, folder, now, format } = this.#parts;
    let copy: string | undefined;
    let result: LedgerCheck;
    try {
      await this.#checkRows();
      copy = await copyForCheck(ledger, folder, () => this.#assertOpen());
      const found = await this.#runWorker({ folder: copy, ledgers: join(folder, "ledgers") });
      const at = format(now());
      const { entries, broken } = found;
      result =
        broken === null
          ? { state: "complete", entries, at, tookMs: Math.max(0, Math.round(now() - startedMs)) }
          : { state: "broken", entries, at, ...broken };
    } catch (error) {
      if (!this.#closed) this.#parts.failed(error);
      result = { state: "stopped", at: format(now()), fault: faultOf(error) };
    } finally {
      if (copy !== undefined) removeCopy(copy);
    }
    if (this.#closed) return;
    if (result.state === "broken") noteBroken(ledger.settings, ledger.identity.ledger, result.seq, result.reason);
    this.#keep(result);
  }

  /** Working state is checked in its place: what of it is damaged is taken away, which in a copy would help nobody. */
  async #checkRows(): Promise<void> {
    for (const _ of this.#parts.ledger.checkRows()) {
      await setImmediate();
      this.#assertOpen();
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new Error("The till is being closed");
  }

  async #runWorker(order: CheckOrder): Promise<Extract<CheckMessage, { kind: "result" }>> {
    this.#assertOpen();
    const worker = new Worker(this.#parts.workerFile ?? new URL(besideThis, import.meta.url), { workerData: order });
    this.#worker = worker;
    return await new Promise((resolve, reject) => {
      worker.on("message", (message: CheckMessage) => {
        if (message.kind === "progress") this.#progress(message.done);
        else if (message.kind === "result") resolve(message);
        else reject(new CheckFailed(message.fault));
      });
      worker.on("error", reject);
      // After a result this changes nothing.
      worker.on("exit", (code) => {
        this.#worker = null;
        reject(new Error(`The thread of the check ended with code ${code}`));
      });
    });
  }

  #progress(done: number): void {
    if (this.#shown?.state === "running") this.#show({ ...this.#shown, done: Math.min(done, this.#shown.entries) });
  }

  #keep(result: LedgerCheck): void {
    try {
      this.#parts.ledger.settings.save(resultKey, JSON.stringify(result));
    } catch (error) {
      // Told to whoever looks now all the same.
      this.#parts.failed(error);
    }
    this.#show(result);
  }

  #show(check: LedgerCheck): void {
    this.#shown = check;
    this.#parts.changed();
  }
}

/** What the thread itself said of why it could not go on. */
class CheckFailed extends Error {
  readonly code: Fault["code"];
  readonly params: Fault["params"];
  constructor({ code, params }: Fault) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

function readResult(text: string | undefined): LedgerCheck | undefined {
  if (text === undefined) return undefined;
  try {
    return ledgerCheckSchema.parse(JSON.parse(text));
  } catch {
    // Written by another version: the ledger can be checked again at any time.
    return undefined;
  }
}
