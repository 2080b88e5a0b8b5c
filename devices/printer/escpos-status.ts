/** What a printer said, taken apart. Bytes are kept raw; `printer-condition.ts` reads their bits. */
export type PrinterAnswer =
  /** One byte in answer to `DLE EOT n`. The byte does not say which n was asked. */
  | { kind: "real-time"; byte: number }
  /** Automatic status back: four bytes, sent whenever something changes. */
  | { kind: "automatic"; bytes: readonly [number, number, number, number] }
  /** One byte in answer to `GS r n`. */
  | { kind: "in-order"; byte: number }
  /** The answer to `GS ( H` function 48: everything before it has been printed. */
  | { kind: "process-id"; id: string }
  /** The answer to `DLE DC4` function 8: the printer holds nothing any more. */
  | { kind: "buffer-cleared" }
  /** Another block or text answer (`GS I` and the like), without its header and end. */
  | { kind: "block"; header: number; text: string }
  /** A byte that is no answer. */
  | { kind: "noise"; byte: number };

const longestBlockBytes = 80;
const blockHeader = 0x37;
const textHeader = 0x5f;
const xon = 0x11;
const xoff = 0x13;

type ParserState =
  | { kind: "idle" }
  | { kind: "automatic"; bytes: number[] }
  | { kind: "block"; header: number; bytes: number[] };

/**
 * Takes a printer's reply stream apart, byte by byte, so that it does not matter how the network cut it. Fixed bits tell
 * the answers from one another: `0xx1xx10` is an answer to DLE EOT, `0xx1xx00` begins four bytes of automatic status,
 * `0xx0xxxx` answers GS r, 37 and 5F begin a block that ends with NUL, 11 and 13 are flow control (Epson TM command
 * reference, "status of the printer"). A broken answer costs that answer only.
 */
export class PrinterAnswerParser {
  #state: ParserState = { kind: "idle" };

  /** The answers that these bytes complete. */
  push(bytes: Uint8Array): PrinterAnswer[] {
    const answers: PrinterAnswer[] = [];
    for (const byte of bytes) this.#take(byte, answers);
    return answers;
  }

  #take(byte: number, answers: PrinterAnswer[]): void {
    if (byte === xon || byte === xoff) return;
    switch (this.#state.kind) {
      case "idle":
        this.#begin(byte, answers);
        break;
      case "automatic":
        this.#continueAutomatic(byte, this.#state.bytes, answers);
        break;
      case "block":
        this.#continueBlock(byte, this.#state, answers);
        break;
    }
  }

  #begin(byte: number, answers: PrinterAnswer[]): void {
    if (byte === blockHeader || byte === textHeader) this.#state = { kind: "block", header: byte, bytes: [] };
    else if (isRealTimeAnswer(byte)) answers.push({ kind: "real-time", byte });
    else if (isAutomaticStart(byte)) this.#state = { kind: "automatic", bytes: [byte] };
    else if ((byte & 0x90) === 0) answers.push({ kind: "in-order", byte });
    else answers.push({ kind: "noise", byte });
  }

  #continueAutomatic(byte: number, bytes: number[], answers: PrinterAnswer[]): void {
    const isLast = bytes.length === 3;
    // The second and third byte have bit 4 clear; the fourth is arbitrary on some clones. A DLE EOT answer may come in
    // between; anything else means that bytes were lost, and the new byte begins something.
    if (!isLast && isRealTimeAnswer(byte)) {
      answers.push({ kind: "real-time", byte });
      return;
    }
    if (!isLast && (byte & 0x90) !== 0) {
      this.#state = { kind: "idle" };
      this.#begin(byte, answers);
      return;
    }
    const [first = 0, second = 0, third = 0] = bytes;
    if (isLast) {
      this.#state = { kind: "idle" };
      answers.push({ kind: "automatic", bytes: [first, second, third, byte] });
    } else {
      bytes.push(byte);
    }
  }

  #continueBlock(byte: number, block: { header: number; bytes: number[] }, answers: PrinterAnswer[]): void {
    if (byte === 0) {
      this.#state = { kind: "idle" };
      answers.push(readBlock(block.header, String.fromCharCode(...block.bytes)));
    } else if (byte < 0x20 || block.bytes.length >= longestBlockBytes) {
      // No block holds control characters: its end was lost.
      this.#state = { kind: "idle" };
      this.#begin(byte, answers);
    } else {
      block.bytes.push(byte);
    }
  }
}

function isRealTimeAnswer(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

function isAutomaticStart(byte: number): boolean {
  return (byte & 0x93) === 0x10;
}

/** 37 22 d1 d2 d3 d4 00 and 37 25 00. */
function readBlock(header: number, text: string): PrinterAnswer {
  if (header === blockHeader && text.length === 5 && text.startsWith('"')) {
    return { kind: "process-id", id: text.slice(1) };
  }
  if (header === blockHeader && text === "%") return { kind: "buffer-cleared" };
  return { kind: "block", header, text };
}
