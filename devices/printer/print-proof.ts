import { Buffer } from "node:buffer";
import type { Clock } from "../clock.ts";
import { DeviceError } from "../errors.ts";
import type { Awaited, Expectation } from "./answer-inbox.ts";
import { armAutomaticStatus } from "./escpos-bytes.ts";
import { describePrinterError, failedBeforeSending, unknownAfterSending } from "./print-result.ts";
import type { PrintEvidence, PrintJob, PrintResult } from "./print-result.ts";
import { blockingReason } from "./printer-condition.ts";
import { askInOrder, askProcessId } from "./printer-line.ts";
import type { PrinterLine } from "./printer-line.ts";
import type { PrinterProfile } from "./profiles.ts";

/** How long a receipt's proof may take. Shorter limits made other tills offer a reprint while the first copy came out. */
export const receiptProofTimeoutMs = 15_000;
/** A drawer is open at once or not at all, and the receipt waits behind it. */
export const drawerProofTimeoutMs = 2_000;
/** A printer that has never answered anything will hardly begin now; the next customer's receipt should not wait. */
const muteProofTimeoutMs = 3_000;
/** How long after the in-order answer the better proof may still come, beyond the time printing takes. */
const settleMs = 1_000;

type Proof = { kind: "process-id" } | { kind: "in-order" };

/** What a job needs besides the line it is sent on. */
export interface ProofContext {
  clock: Clock;
  profile: PrinterProfile;
  /** Four characters, unlike those of the jobs before. */
  processId: string;
  /** How long to wait for proof, beyond the time that printing takes. */
  proofTimeoutMs: number;
}

/**
 * Sends one job once and finds out what became of it. Never fails and never sends anything of the job twice. A printer
 * that does not answer its status is no reason to refuse: it prints, and the result says how little is known.
 */
export async function sendAndProve(line: PrinterLine, job: PrintJob, context: ProofContext): Promise<PrintResult> {
  const { clock } = context;
  const progress = { sentBytes: 0 };
  try {
    if (await line.ask(1)) await line.ask(2, 3, 4);
    const blocked = blockingReason(line.condition);
    if (blocked !== undefined) return failedBeforeSending(job.id, blocked, clock.now());
  } catch (error) {
    return failedBeforeSending(job.id, reasonFor(error), clock.now());
  }
  const processId = line.inbox.expect<Proof>((answer) =>
    answer.kind === "process-id" && answer.id === context.processId ? { kind: "process-id" } : undefined,
  );
  const ticket = line.takeInOrderTicket();
  const inOrder = line.inbox.expect<Proof>((answer) =>
    answer.kind === "in-order" && line.inOrderAnswers >= ticket ? { kind: "in-order" } : undefined,
  );
  try {
    // One piece of bytes: what asks for the proof must not be lost between the job and a broken line.
    await line.send(Buffer.concat([job.bytes, trailer(context)]), progress);
    return await weighEvidence(line, job, context, processId, inOrder);
  } catch (error) {
    const reason = reasonFor(error);
    // Only a line that was closed before the first byte proves that nothing left.
    const nothingLeft = progress.sentBytes === 0 && error instanceof DeviceError && error.code === "device.closed";
    return nothingLeft
      ? failedBeforeSending(job.id, reason, clock.now())
      : unknownAfterSending(job.id, reason, clock.now());
  } finally {
    processId.cancel();
    inOrder.cancel();
  }
}

function trailer(context: ProofContext): Uint8Array {
  const process = context.profile.provesByProcessId ? askProcessId(context.processId) : new Uint8Array();
  return Buffer.concat([armAutomaticStatus, process, askInOrder]);
}

async function weighEvidence(
  line: PrinterLine,
  job: PrintJob,
  context: ProofContext,
  processId: Expectation<Proof>,
  inOrder: Expectation<Proof>,
): Promise<PrintResult> {
  const estimateMs = estimatePrintMs(job.bytes);
  const patienceMs = line.hasAnswered ? context.proofTimeoutMs : Math.min(muteProofTimeoutMs, context.proofTimeoutMs);
  const first = await firstOf([processId, inOrder], patienceMs + estimateMs);
  if (first.kind === "lost") return lostResult(job, context);
  if (first.kind === "timeout") return resultWithoutProof(line, job, context);
  if (first.answer.kind === "process-id") return printedResult(job, context);
  if (context.profile.provesByProcessId) {
    const better = await processId.within(estimateMs + settleMs);
    if (better.kind === "answer") return printedResult(job, context);
  }
  const reason = blockingReason(line.condition);
  if (reason !== undefined) return unknownAfterSending(job.id, reason, context.clock.now());
  return sentResult(job, context, "probably", "in-order-status", "GS r 1 answered after the job");
}

async function firstOf(expected: readonly Expectation<Proof>[], timeoutMs: number): Promise<Awaited<Proof>> {
  return Promise.race(expected.map((one) => one.within(timeoutMs)));
}

/** Nothing proved the job in time: what does the printer say about itself? */
async function resultWithoutProof(line: PrinterLine, job: PrintJob, context: ProofContext): Promise<PrintResult> {
  const answered = await line.ask(1, 2, 3, 4);
  const reason = blockingReason(line.condition);
  if (reason !== undefined) {
    // What the printer still holds would come out with new paper, beside the copy that somebody has asked for by then.
    if (context.profile.clearsBuffer && (await line.clear())) {
      return { ...sentResult(job, context, "failed", "buffer-cleared", "DLE DC4 8 answered"), reason };
    }
    return unknownAfterSending(job.id, reason, context.clock.now());
  }
  if (answered) {
    line.forgetInOrder();
    return sentResult(job, context, "probably", "clean-status", "DLE EOT 1-4 without a fault");
  }
  return unknownAfterSending(job.id, { code: "printer.no-answer", params: {} }, context.clock.now());
}

function printedResult(job: PrintJob, context: ProofContext): PrintResult {
  return sentResult(job, context, "printed", "process-id", `process id ${context.processId}`);
}

function lostResult(job: PrintJob, context: ProofContext): PrintResult {
  return unknownAfterSending(job.id, { code: "printer.unreachable", params: {} }, context.clock.now());
}

function sentResult(
  job: PrintJob,
  context: ProofContext,
  state: PrintResult["state"],
  kind: PrintEvidence["kind"],
  detail: string,
): PrintResult {
  return { id: job.id, state, evidence: { kind, detail, at: context.clock.now() }, bytesLeft: true };
}

function reasonFor(error: unknown): PrintResult["reason"] & object {
  if (error instanceof DeviceError) return describePrinterError(error);
  throw error;
}

/** About 4.2 mm a line at 150 mm/s, and 10 bytes a millisecond to read them; rather too long than too short. */
function estimatePrintMs(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === 0x0a) lines += 1;
  return 500 + lines * 30 + Math.ceil(bytes.length / 10);
}
