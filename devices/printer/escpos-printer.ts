import { EventEmitter } from "node:events";
import type { Clock, Timer } from "../clock.ts";
import { DeviceError } from "../errors.ts";
import type { DeviceReason } from "../errors.ts";
import { Supervisor } from "../supervisor.ts";
import type { DeviceState } from "../supervisor.ts";
import type { Connection, Transport } from "../transport/transport.ts";
import type { DrawerPin } from "./document.ts";
import { armAutomaticStatus } from "./escpos-bytes.ts";
import { encodeDrawerPulse } from "./escpos-encode.ts";
import { drawerProofTimeoutMs, receiptProofTimeoutMs, sendAndProve } from "./print-proof.ts";
import { describePrinterError, failedBeforeSending } from "./print-result.ts";
import type { PrintJob, PrintResult } from "./print-result.ts";
import { blockingReason, shownReason, unknownCondition } from "./printer-condition.ts";
import type { PrinterCondition } from "./printer-condition.ts";
import { PrinterLine } from "./printer-line.ts";
import type { PrinterProfile } from "./profiles.ts";
import { pulseOffline } from "./offline-drawer.ts";

/** What a printer needs. */
export interface EscposPrinterOptions {
  transport: Transport;
  profile: PrinterProfile;
  clock: Clock;
  random: () => number;
  /** Which pin level means that the drawer is open, where setup has found out by asking somebody to open it. */
  drawerOpenLevel?: "high" | "low";
}

/** How a printer stands, as data. */
export interface PrinterState {
  device: DeviceState;
  condition: PrinterCondition;
  drawer: "open" | "closed" | "unknown";
  /** Jobs that wait, the one in flight not counted. */
  waiting: number;
  /** The id of the job in flight. */
  inFlight?: string;
}

interface EscposPrinterEvents {
  state: [PrinterState];
}

interface QueuedJob {
  job: PrintJob;
  run(line: PrinterLine): Promise<PrintResult>;
  refuse(reason: DeviceReason): PrintResult;
  done(result: PrintResult): void;
}

const longestQueue = 50;
/** Results kept so that a job handed over twice is not printed twice. */
const mostRememberedResults = 500;
/** How long a job waits for a printer that is just being opened. */
const openingPatienceMs = 4_000;
const heartbeatMs = 10_000;
/** Questions in a row without an answer after which a printer that used to answer counts as gone. */
const missedHeartbeatsToDrop = 2;

/**
 * A receipt printer that speaks ESC/POS, with the drawer that hangs on it. One job is in flight at a time. A job's bytes
 * leave at most once: there is no retry inside, and a job id that has left is not sent again when it is handed over again.
 */
export class EscposPrinter extends EventEmitter<EscposPrinterEvents> {
  readonly #options: EscposPrinterOptions;
  readonly #supervisor: Supervisor;
  readonly #queue: QueuedJob[] = [];
  readonly #jobs = new Map<string, Promise<PrintResult>>();
  readonly #openWaiters = new Set<() => void>();
  #line: PrinterLine | undefined;
  #inFlight: QueuedJob | undefined;
  #isStopped = true;
  #processNumber: number;
  #drawerNumber = 0;
  #heartbeat: Timer | undefined;
  #missedHeartbeats = 0;

  constructor(options: EscposPrinterOptions) {
    super();
    this.#options = options;
    // Begins anywhere, so that an answer to a job of an earlier run is not taken for one of this run.
    this.#processNumber = Math.floor(options.random() * 10_000);
    this.#supervisor = new Supervisor({
      transport: options.transport,
      clock: options.clock,
      random: options.random,
      describe: describePrinterError,
      onState: () => {
        for (const wake of this.#openWaiters) wake();
        this.#tell();
      },
      onData: (bytes) => this.#line?.take(bytes),
      onOpen: (connection) => this.#opened(connection),
      onGone: () => this.#gone(),
    });
  }

  get state(): PrinterState {
    const condition = this.#line?.condition ?? unknownCondition;
    const state: PrinterState = {
      device: this.#supervisor.state,
      condition,
      drawer: this.#drawerState(condition),
      waiting: this.#queue.length,
    };
    return this.#inFlight === undefined ? state : { ...state, inFlight: this.#inFlight.job.id };
  }

  /** Begins to keep the printer connected. */
  start(): void {
    this.#isStopped = false;
    this.#supervisor.start();
  }

  /** Ends the connection. Waiting jobs end as `failed` with nothing sent; the one in flight as it stands. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const queued of this.#queue.splice(0)) queued.done(queued.refuse({ code: "printer.stopped", params: {} }));
    await this.#supervisor.stop();
    for (const wake of this.#openWaiters) wake();
  }

  /**
   * Prints a job once. The caller has stored it before. Never rejects: every end is a result. Handing over an id that has
   * left already gives its first result again and prints nothing.
   */
  print(job: PrintJob): Promise<PrintResult> {
    return this.#enqueue(
      { job, run: (line) => this.#prove(line, job, receiptProofTimeoutMs) },
      "last",
      (reason) => reason,
    );
  }

  /**
   * Opens the drawer on this pin. It is a job of its own and goes before receipts that wait. Who asked, and why, is the
   * caller's to record first. A printer that is out of paper still opens it where the profile says that it can.
   */
  openDrawer(pin: DrawerPin): Promise<PrintResult> {
    this.#drawerNumber += 1;
    const job: PrintJob = { id: `drawer pulse ${this.#drawerNumber}`, bytes: encodeDrawerPulse(pin) };
    const run = async (line: PrinterLine): Promise<PrintResult> => {
      const result = await this.#prove(line, job, drawerProofTimeoutMs);
      if (result.bytesLeft) return result;
      if (this.#options.profile.opensDrawerOffline && line.isOpen && blockingReason(line.condition) !== undefined) {
        return pulseOffline(line, job.id, pin, this.#options.clock);
      }
      return result.reason === undefined ? result : { ...result, reason: drawerReason(result.reason) };
    };
    return this.#enqueue({ job, run }, "first", drawerReason);
  }

  #prove(line: PrinterLine, job: PrintJob, proofTimeoutMs: number): Promise<PrintResult> {
    const { clock, profile } = this.#options;
    this.#processNumber = (this.#processNumber + 1) % 10_000;
    const processId = String(this.#processNumber).padStart(4, "0");
    return sendAndProve(line, job, { clock, profile, processId, proofTimeoutMs });
  }

  #enqueue(
    work: Pick<QueuedJob, "job" | "run">,
    place: "first" | "last",
    describe: (reason: DeviceReason) => DeviceReason,
  ): Promise<PrintResult> {
    const { id } = work.job;
    const known = this.#jobs.get(id);
    if (known !== undefined) return known;
    const refuse = (reason: DeviceReason): PrintResult =>
      failedBeforeSending(id, describe(reason), this.#options.clock.now());
    if (this.#isStopped) return Promise.resolve(refuse({ code: "printer.stopped", params: {} }));
    if (this.#queue.length >= longestQueue) {
      return Promise.resolve(refuse({ code: "printer.queue-full", params: { limit: longestQueue } }));
    }
    const promise = new Promise<PrintResult>((resolve) => {
      const queued: QueuedJob = { ...work, refuse, done: (result) => resolve(this.#remember(result)) };
      if (place === "first") this.#queue.unshift(queued);
      else this.#queue.push(queued);
    });
    this.#jobs.set(id, promise);
    this.#pump();
    this.#tell();
    return promise;
  }

  /** Forgets a job of which nothing left, so that it may be tried again; keeps the others, up to a bound. */
  #remember(result: PrintResult): PrintResult {
    if (!result.bytesLeft) this.#jobs.delete(result.id);
    const oldest = this.#jobs.keys().next().value;
    if (this.#jobs.size > mostRememberedResults + longestQueue && oldest !== undefined) this.#jobs.delete(oldest);
    return result;
  }

  #pump(): void {
    if (this.#inFlight !== undefined) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#inFlight = next;
    void this.#run(next).then((result) => {
      this.#inFlight = undefined;
      next.done(result);
      this.#pump();
      this.#tell();
    });
  }

  async #run(queued: QueuedJob): Promise<PrintResult> {
    if (this.#isOpening()) await this.#untilOpened();
    if (this.#isStopped) return queued.refuse({ code: "printer.stopped", params: {} });
    const line = this.#line;
    if (line === undefined || !line.isOpen) return queued.refuse(this.#absenceReason());
    return queued.run(line);
  }

  #isOpening(): boolean {
    const { kind } = this.#supervisor.state;
    return this.#line === undefined && (kind === "present" || kind === "opening");
  }

  #untilOpened(): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const finish = (): void => {
        if (this.#isOpening() && !this.#isStopped) return;
        end();
      };
      const end = (): void => {
        this.#openWaiters.delete(finish);
        clock.clearTimer(timer);
        resolve();
      };
      const timer = clock.setTimer(end, openingPatienceMs);
      this.#openWaiters.add(finish);
    });
  }

  #absenceReason(): DeviceReason {
    const { state } = this.#supervisor;
    return "reason" in state ? state.reason : { code: "printer.unreachable", params: {} };
  }

  #opened(connection: Connection): void {
    const line = new PrinterLine(connection, this.#options.clock, () => {
      if (this.#line === line) this.#showCondition(line.condition);
    });
    this.#line = line;
    this.#missedHeartbeats = 0;
    void this.#greet(line);
    this.#scheduleHeartbeat(line);
  }

  /** Asks for status from now on. Whether the printer answers is not waited for: an unknown status is no fault. */
  async #greet(line: PrinterLine): Promise<void> {
    await this.#orDrop(line.send(armAutomaticStatus));
  }

  #gone(): void {
    this.#line?.inbox.lose();
    this.#line = undefined;
    if (this.#heartbeat !== undefined) this.#options.clock.clearTimer(this.#heartbeat);
    this.#heartbeat = undefined;
  }

  #showCondition(condition: PrinterCondition): void {
    const reason = shownReason(condition);
    if (reason === undefined) this.#supervisor.recover();
    else this.#supervisor.degrade(reason);
    this.#tell();
  }

  /** A peer that lost its power says nothing; asking now and then finds out, and keeps the line open. */
  #scheduleHeartbeat(line: PrinterLine): void {
    this.#heartbeat = this.#options.clock.setTimer(() => void this.#beat(line), heartbeatMs);
  }

  async #beat(line: PrinterLine): Promise<void> {
    if (this.#line !== line) return;
    if (this.#inFlight === undefined && line.hasAnswered) {
      const answered = await this.#orDrop(line.ask(1));
      this.#missedHeartbeats = answered === true ? 0 : this.#missedHeartbeats + 1;
      if (this.#line !== line) return;
      if (this.#missedHeartbeats >= missedHeartbeatsToDrop && this.#inFlight === undefined) {
        this.#supervisor.drop();
        return;
      }
    }
    this.#scheduleHeartbeat(line);
  }

  /** A line that does not take a question is lost: the supervisor hears of it by itself or is told here. */
  async #orDrop<Value>(work: Promise<Value>): Promise<Value | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      this.#supervisor.drop();
      return undefined;
    }
  }

  #drawerState(condition: PrinterCondition): PrinterState["drawer"] {
    const { drawerOpenLevel } = this.#options;
    if (drawerOpenLevel === undefined || condition.drawerPin === "unknown") return "unknown";
    return condition.drawerPin === drawerOpenLevel ? "open" : "closed";
  }

  #tell(): void {
    this.emit("state", this.state);
  }
}

function drawerReason(reason: DeviceReason): DeviceReason {
  return { code: "drawer.not-connected", params: { printer: reason.code } };
}
