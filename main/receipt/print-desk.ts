import type { DrawerPin, ReceiptDocument } from "../../devices/printer/document.ts";
import { DeviceError } from "../../devices/errors.ts";
import { encodeReceipt } from "../../devices/printer/escpos-encode.ts";
import type { PrintJob as DeviceJob, PrintResult } from "../../devices/printer/print-result.ts";
import type { PrinterProfile } from "../../devices/printer/profiles.ts";
import { TillError, type Fault } from "../contract/errors.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { PrintJob, PrintJobState, PrintJobStore } from "../ledger/work/print-jobs.ts";

/** The printer as the desk needs it. */
export type ReceiptPrinter = {
  profile: PrinterProfile;
  print(job: DeviceJob): Promise<PrintResult>;
  openDrawer(pin: DrawerPin): Promise<PrintResult>;
};

/** What the desk works with. */
export type PrintDeskOptions = {
  printer: ReceiptPrinter | null;
  jobs: PrintJobStore;
  append(entries: readonly NewEntry[], work?: () => void): void;
  document(saleId: string, copy: number): ReceiptDocument;
  receiptCode(saleId: string): string;
  /** How far an earlier run of the till came with the paper of this sale; undefined where it printed nothing. */
  printed(saleId: string): PrintJobState | undefined;
  newId(): string;
  now(): string;
  /** The paper or the drawer of this sale stands differently. */
  changed(saleId: string): void;
  failed(error: unknown): void;
};

/** How the paper and the drawer of a sale stand. */
export type PaperStand = { print: PrintJobState; fault?: Fault; copies: number; drawer: "none" | "opened" | "failed" };

/** Which socket of the printer the drawer hangs on. */
const drawerPin: DrawerPin = 2;

/**
 * Brings receipts and reports to paper. A job is stored, with its bytes, before any of them leaves; what becomes of it is stored as
 * an entry. Nothing is printed a second time by itself: a copy is what a person asked for, and says so on the paper.
 */
export class PrintDesk {
  readonly #options: PrintDeskOptions;
  #silent = false;
  readonly #stands = new Map<string, PaperStand>();

  constructor(options: PrintDeskOptions) {
    this.#options = options;
  }

  /** How the paper of this sale stands, as far as this run of the till knows. */
  stand(saleId: string): PaperStand | undefined {
    return this.#stands.get(saleId);
  }

  /** Stores the job of a sale's receipt. It belongs in the transaction that settles the sale. */
  prepare(saleId: string): string {
    return this.#store(saleId, "receipt", this.#options.document(saleId, 1));
  }

  /** Whether the printer took the last receipt and said nothing about it: it may be off, or have no way to answer. */
  get printerIsSilent(): boolean {
    return this.#silent;
  }

  /** Whether there is a drawer to open: it hangs on the printer. */
  get hasDrawer(): boolean {
    return this.#options.printer !== null;
  }

  /**
   * Prints a stored receipt, after the drawer where cash moved. Called once the sale is committed. Without a job nothing is
   * printed: somebody asks for the receipt later, or nobody does.
   */
  finishSale(saleId: string, jobId: string | null, withDrawer: boolean): void {
    // Both go into the printer's queue in this order: the cashier needs the drawer before the paper.
    if (withDrawer) this.#openDrawer(saleId).catch(this.#options.failed);
    if (jobId !== null) this.#begin(saleId, jobId);
  }

  /**
   * Prints the receipt of a settled sale if there is none yet. What is printed, on its way or in doubt is not printed
   * again; one that failed for certain is, without becoming a copy.
   * @throws TillError `printer.not-set-up` where there is none.
   */
  printFirst(saleId: string): void {
    this.#assertPrinter();
    const stand = this.#stands.get(saleId)?.print ?? this.#options.printed(saleId);
    if (stand !== undefined && stand !== "failed") return;
    this.#begin(saleId, this.prepare(saleId));
  }

  /**
   * Prints one more copy, which says that it is one.
   * @throws TillError `printer.not-set-up` where there is none.
   */
  printCopy(saleId: string, copiesBefore: number): void {
    this.#copy(saleId, copiesBefore + 1, (copy) => this.#options.document(saleId, copy));
  }

  /**
   * Prints a report, which is of no sale: `id` is that of its shift. What is on its way is not printed beside itself, and
   * what did not come out is not a copy yet; anything else is printed once more and says which copy it is.
   * @throws TillError `printer.not-set-up` where there is none.
   */
  printReport(
    id: string,
    document: (copy: number) => ReceiptDocument,
    before: Pick<PaperStand, "print" | "copies"> | undefined,
  ): void {
    if (before?.print === "waiting" || before?.print === "sending") return;
    if (before === undefined || (before.print === "failed" && before.copies === 1)) {
      this.#assertPrinter();
      this.#begin(id, this.#store(id, "receipt", document(1)));
    } else this.#copy(id, before.copies + 1, document);
  }

  /**
   * Takes up what a stopped or crashed till left. A job of which no byte had left is printed; one that was being sent may
   * or may not be on paper, so it is said to be unknown and left to a person. Jobs that came to their end before
   * `forgetBefore`, a time as the journal writes it, are forgotten.
   */
  resume(forgetBefore: string): void {
    const { jobs } = this.#options;
    jobs.forgetBefore(forgetBefore);
    for (const job of jobs.jobsIn("sending", 100)) {
      this.#record(job, { print: "unknown", code: "printer.no-answer", evidence: "the till was stopped meanwhile" });
    }
    for (const job of jobs.jobsIn("waiting", 100)) this.#print(job.saleId, job.jobId).catch(this.#options.failed);
  }

  #copy(saleId: string, copy: number, document: (copy: number) => ReceiptDocument): void {
    this.#assertPrinter();
    const receiptCode = this.#options.receiptCode(saleId);
    let jobId = "";
    const body = { saleId, receiptCode, jobId: this.#options.newId(), copy };
    this.#options.append([{ id: this.#options.newId(), type: "receipt.reprinted", body }], () => {
      jobId = this.#store(saleId, "copy", document(copy), body.jobId);
    });
    const stand = this.#stands.get(saleId);
    this.#stands.set(saleId, { drawer: "none", ...stand, print: "waiting", copies: copy });
    this.#print(saleId, jobId).catch(this.#options.failed);
  }

  #assertPrinter(): void {
    if (this.#options.printer === null) throw new TillError("printer.not-set-up");
  }

  #begin(saleId: string, jobId: string): void {
    const { drawer = "none" } = this.#stands.get(saleId) ?? {};
    this.#stands.set(saleId, { drawer, print: "waiting", copies: 1 });
    this.#forgetOld();
    this.#print(saleId, jobId).catch(this.#options.failed);
  }

  #store(saleId: string, kind: PrintJob["kind"], document: ReceiptDocument, jobId = this.#options.newId()): string {
    const { jobs, now } = this.#options;
    const bytes = this.#encode(document);
    const at = now();
    jobs.add({ jobId, saleId, kind, bytes, state: "waiting", createdAt: at, updatedAt: at });
    return jobId;
  }

  /** No bytes where there is no printer, or where it cannot print this: a receipt must never keep a sale from being paid. */
  #encode(document: ReceiptDocument): Uint8Array {
    const { printer } = this.#options;
    if (printer === null) return new Uint8Array();
    try {
      return encodeReceipt(document, printer.profile);
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      return new Uint8Array();
    }
  }

  async #print(saleId: string, jobId: string): Promise<void> {
    const { printer, jobs } = this.#options;
    const job = jobs.job(jobId);
    if (job === undefined) return;
    if (printer === null) {
      this.#record(job, { print: "failed", code: "printer.not-set-up", evidence: "" });
      return;
    }
    if (job.bytes.length === 0) {
      this.#record(job, { print: "failed", code: "printer.document-refused", evidence: "" });
      return;
    }
    jobs.setState(jobId, "sending", this.#options.now());
    this.#setStand(saleId, { print: "sending" });
    const result = await printer.print({ id: jobId, bytes: job.bytes });
    this.#silent = result.reason?.code === "printer.no-answer";
    const code = result.reason?.code ?? (result.state === "failed" ? "printer.offline" : undefined);
    this.#record(job, {
      print: result.state,
      evidence: `${result.evidence.kind} ${result.evidence.detail}`.trim(),
      ...(code === undefined ? {} : { code }),
      ...(result.reason === undefined ? {} : { fault: result.reason }),
    });
  }

  #record(
    job: PrintJob,
    outcome: {
      print: "printed" | "probably" | "unknown" | "failed";
      code?: Fault["code"];
      fault?: Fault;
      evidence: string;
    },
  ): void {
    const { saleId, jobId } = job;
    const receiptCode = this.#options.receiptCode(saleId);
    const id = this.#options.newId();
    const code = outcome.code ?? "printer.offline";
    const entry: NewEntry =
      outcome.print === "failed"
        ? { id, type: "receipt.failed", body: { saleId, receiptCode, jobId, code } }
        : {
            id,
            type: "receipt.printed",
            body: { saleId, receiptCode, jobId, proof: outcome.print, evidence: outcome.evidence.slice(0, 200) },
          };
    this.#options.append([entry], () =>
      this.#options.jobs.setState(jobId, outcome.print, this.#options.now(), outcome.code),
    );
    const fault = outcome.fault ?? (outcome.code === undefined ? undefined : { code: outcome.code, params: {} });
    this.#setStand(saleId, {
      print: outcome.print,
      ...(fault === undefined || outcome.print === "printed" ? {} : { fault }),
    });
  }

  async #openDrawer(saleId: string): Promise<void> {
    const { printer } = this.#options;
    if (printer === null) return;
    const result = await printer.openDrawer(drawerPin);
    this.#setStand(saleId, { drawer: result.state === "failed" ? "failed" : "opened" });
  }

  #setStand(saleId: string, change: Partial<PaperStand>): void {
    const before = this.#stands.get(saleId) ?? { print: "waiting", copies: 1, drawer: "none" };
    const { fault: _old, ...kept } = before;
    this.#stands.set(saleId, change.print === undefined ? { ...before, ...change } : { ...kept, ...change });
    this.#options.changed(saleId);
  }

  /** The page shows the last sale; a few before it are kept for the answers that are still to come. */
  #forgetOld(): void {
    for (const saleId of this.#stands.keys()) {
      if (this.#stands.size <= 20) return;
      this.#stands.delete(saleId);
    }
  }
}
