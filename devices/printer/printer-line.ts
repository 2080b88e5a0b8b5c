import type { Clock } from "../clock.ts";
import type { Connection } from "../transport/transport.ts";
import { AnswerInbox } from "./answer-inbox.ts";
import type { Awaited, Expectation } from "./answer-inbox.ts";
import { PrinterAnswerParser } from "./escpos-status.ts";
import type { PrinterAnswer } from "./escpos-status.ts";
import { afterAutomaticStatus, afterRealTimeStatus, unknownCondition } from "./printer-condition.ts";
import type { PrinterCondition, StatusQuestion } from "./printer-condition.ts";

const statusTimeoutMs = 500;
const writeTimeoutMs = 5_000;
/** Small pieces, so that back-pressure is felt between them. */
const bandBytes = 4096;

/** `GS r 1`: worked through in order with the job's bytes, so that its answer is an echo. */
export const askInOrder = Uint8Array.of(0x1d, 0x72, 0x01);
/** `DLE DC4` function 8 with its fixed parameters: drop everything that is held. */
const clearBuffer = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);
const clearTimeoutMs = 2_000;

/** `GS ( H` function 48 with a four-character id. */
export function askProcessId(id: string): Uint8Array {
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Array.from(id, (letter) => letter.charCodeAt(0)));
}

/** One connection to a printer: what is sent, what it answers, and what is known of its condition. */
export class PrinterLine {
  readonly #connection: Connection;
  readonly #parser = new PrinterAnswerParser();
  readonly #onCondition: (condition: PrinterCondition) => void;
  readonly inbox: AnswerInbox;
  condition: PrinterCondition = unknownCondition;
  /** Whether the printer has ever answered on this connection; some never do. */
  hasAnswered = false;
  /** How many answers to `GS r` have come. */
  inOrderAnswers = 0;
  #inOrderTickets = 0;

  constructor(connection: Connection, clock: Clock, onCondition: (condition: PrinterCondition) => void) {
    this.#connection = connection;
    this.#onCondition = onCondition;
    this.inbox = new AnswerInbox(clock);
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Takes what the printer sent. */
  take(bytes: Uint8Array): void {
    for (const answer of this.#parser.push(bytes)) {
      if (answer.kind !== "noise") this.hasAnswered = true;
      if (answer.kind === "in-order") this.inOrderAnswers += 1;
      // Questions that were dropped with the buffer are not answered any more.
      if (answer.kind === "buffer-cleared") this.forgetInOrder();
      if (answer.kind === "automatic") this.#learn(afterAutomaticStatus(answer));
      if (answer.kind === "real-time") {
        const question = this.inbox.takeQuestion();
        if (question !== undefined) this.#learn(afterRealTimeStatus(this.condition, question, answer.byte));
      }
      this.inbox.deliver(answer);
    }
  }

  /**
   * Sends bytes in small pieces and waits for each to be taken.
   * @throws DeviceError as `Connection.write` does; `progress.sentBytes` tells whether anything had left by then.
   */
  async send(bytes: Uint8Array, progress: { sentBytes: number } = { sentBytes: 0 }): Promise<void> {
    for (let start = 0; start < bytes.length; start += bandBytes) {
      const band = bytes.subarray(start, start + bandBytes);
      await this.#connection.write(band, writeTimeoutMs);
      progress.sentBytes += band.length;
    }
  }

  /**
   * The number of answers to `GS r` after which the one that is sent next has been answered. A late answer to an earlier
   * job must not vouch for this one.
   */
  takeInOrderTicket(): number {
    this.#inOrderTickets += 1;
    return this.#inOrderTickets;
  }

  /** Says that no answer to an earlier `GS r` will come any more. */
  forgetInOrder(): void {
    this.inOrderAnswers = this.#inOrderTickets;
  }

  /**
   * Asks `DLE EOT` questions one after the other. False when one was not answered in time; the rest is not asked then.
   * @throws DeviceError when the connection does not take the question.
   */
  async ask(...questions: readonly StatusQuestion[]): Promise<boolean> {
    if (!(await this.#outwaitOpenQuestions())) return false;
    for (const question of questions) {
      const expected = this.#expectRealTime();
      this.inbox.asked(question);
      const asked = await this.#exchange(expected, Uint8Array.of(0x10, 0x04, question), statusTimeoutMs);
      if (asked.kind !== "answer") return false;
    }
    return true;
  }

  /** Asks the printer to drop what it holds; true only when it says that it has. */
  async clear(): Promise<boolean> {
    const expected = this.inbox.expect((answer) => (answer.kind === "buffer-cleared" ? answer : undefined));
    const cleared = await this.#exchange(expected, clearBuffer, clearTimeoutMs);
    return cleared.kind === "answer";
  }

  /**
   * An answer does not say which question it belongs to. After one that came too late, or never, the next question waits
   * until the two cannot be confused: an open cover must not be read as a drawer's switch. False when the line is lost.
   */
  async #outwaitOpenQuestions(): Promise<boolean> {
    for (let leftMs = this.inbox.openQuestionsForMs(); leftMs > 0; leftMs = this.inbox.openQuestionsForMs()) {
      const expected = this.#expectRealTime();
      const late = await expected.within(leftMs);
      expected.cancel();
      if (late.kind === "lost") return false;
    }
    return true;
  }

  #expectRealTime(): Expectation<PrinterAnswer> {
    return this.inbox.expect((answer) => (answer.kind === "real-time" ? answer : undefined));
  }

  async #exchange<Answer>(
    expected: Expectation<Answer>,
    question: Uint8Array,
    timeoutMs: number,
  ): Promise<Awaited<Answer>> {
    try {
      await this.send(question);
      return await expected.within(timeoutMs);
    } finally {
      expected.cancel();
    }
  }

  #learn(condition: PrinterCondition): void {
    this.condition = condition;
    this.#onCondition(condition);
  }
}
