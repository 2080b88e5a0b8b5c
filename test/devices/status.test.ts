import fc from "fast-check";
import { expect, test } from "vitest";
import { PrinterAnswerParser } from "../../devices/printer/escpos-status.ts";
import type { PrinterAnswer } from "../../devices/printer/escpos-status.ts";
import {
  afterAutomaticStatus,
  afterRealTimeStatus,
  blockingReason,
  shownReason,
  unknownCondition,
} from "../../devices/printer/printer-condition.ts";

function parse(...pieces: readonly (readonly number[])[]): PrinterAnswer[] {
  const parser = new PrinterAnswerParser();
  return pieces.flatMap((piece) => parser.push(Uint8Array.from(piece)));
}

/** Bits as the manuals draw them: `x` is free, 0 and 1 are fixed. */
function byteLike(pattern: string): fc.Arbitrary<number> {
  const free = [...pattern].flatMap((bit, index) => (bit === "x" ? [1 << (7 - index)] : []));
  const fixed = [...pattern].reduce((sum, bit, index) => sum + (bit === "1" ? 1 << (7 - index) : 0), 0);
  return fc.subarray(free).map((bits) => bits.reduce((sum, bit) => sum + bit, fixed));
}

const printable = fc.integer({ min: 0x20, max: 0x7e });
interface WireAnswer {
  wire: number[];
  expected: PrinterAnswer;
}

const answers = fc.oneof<fc.Arbitrary<WireAnswer>[]>(
  byteLike("0xx1xx10").map((byte) => ({ wire: [byte], expected: { kind: "real-time" as const, byte } })),
  byteLike("0xx0xxxx").map((byte) => ({ wire: [byte], expected: { kind: "in-order" as const, byte } })),
  fc
    .tuple(byteLike("0xx1xx00"), byteLike("0xx0xxxx"), byteLike("0xx0xxxx"), fc.integer({ min: 0x20, max: 0xff }))
    .map((bytes) => ({ wire: [...bytes], expected: { kind: "automatic" as const, bytes } })),
  fc.tuple(printable, printable, printable, printable).map((id) => ({
    wire: [0x37, 0x22, ...id, 0x00],
    expected: { kind: "process-id" as const, id: String.fromCharCode(...id) },
  })),
  fc.constant({ wire: [0x37, 0x25, 0x00], expected: { kind: "buffer-cleared" as const } }),
  fc.array(printable, { maxLength: 70 }).map((text) => ({
    wire: [0x5f, ...text, 0x00],
    expected: { kind: "block" as const, header: 0x5f, text: String.fromCharCode(...text) },
  })),
);

test("answers are told apart however the network cuts them, or a paper end would be read as a proof of print", () => {
  fc.assert(
    fc.property(fc.array(answers, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 10 }), (list, cuts) => {
      const wire = list.flatMap((one) => one.wire);
      const places = cuts.map((cut) => cut % (wire.length + 1)).toSorted((one, other) => one - other);
      const pieces = [...places, wire.length].map((place, index) => wire.slice(places[index - 1] ?? 0, place));
      expect(parse(...pieces)).toEqual(list.map((one) => one.expected));
    }),
  );
});

test("flow control bytes between answers mean nothing", () => {
  expect(parse([0x13, 0x14, 0x11, 0x00, 0x13, 0x00, 0x0f])).toEqual([{ kind: "automatic", bytes: [0x14, 0, 0, 0x0f] }]);
});

test("any bytes give answers and never an exception, and what follows is understood again", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const parser = new PrinterAnswerParser();
      parser.push(bytes);
      // The longest answer that can be open swallows no more than its own length.
      const after = parser.push(
        Uint8Array.from([...Array.from({ length: 90 }, () => 0x12), 0x37, 0x22, 0x30, 0x30, 0x34, 0x32, 0]),
      );
      expect(after.at(-1)).toEqual({ kind: "process-id", id: "0042" });
    }),
  );
});

test("an answer to DLE EOT between the bytes of automatic status costs neither", () => {
  expect(parse([0x14, 0x00, 0x12, 0x00, 0x0f])).toEqual([
    { kind: "real-time", byte: 0x12 },
    { kind: "automatic", bytes: [0x14, 0, 0, 0x0f] },
  ]);
});

test("a broken automatic status costs itself only", () => {
  expect(parse([0x14, 0x00, 0x1c, 0x00, 0x0c, 0x0f])).toEqual([{ kind: "automatic", bytes: [0x1c, 0, 0x0c, 0x0f] }]);
});

test("the bits of automatic status are read as the manual draws them", () => {
  const read = (bytes: [number, number, number, number]) => afterAutomaticStatus({ kind: "automatic", bytes });
  expect(read([0x10, 0, 0, 0])).toEqual({
    online: true,
    paper: "ok",
    cover: "closed",
    fault: "none",
    drawerPin: "low",
  });
  expect(read([0x14, 0, 0, 0]).drawerPin).toBe("high");
  expect(read([0x18, 0, 0x0c, 0])).toMatchObject({ online: false, paper: "out" });
  expect(read([0x38, 0, 0, 0])).toMatchObject({ online: false, cover: "open" });
  expect(read([0x10, 0, 0x03, 0]).paper).toBe("near-end");
  expect(read([0x18, 0x08, 0, 0]).fault).toBe("cutter");
  expect(read([0x18, 0x20, 0, 0]).fault).toBe("unrecoverable");
  expect(read([0x10, 0x40, 0, 0]).fault).toBe("recoverable");
});

test("the bits of DLE EOT are read by the question that was asked", () => {
  expect(afterRealTimeStatus(unknownCondition, 1, 0x12)).toMatchObject({ online: true, drawerPin: "low" });
  expect(afterRealTimeStatus(unknownCondition, 1, 0x1e)).toMatchObject({ online: false, drawerPin: "high" });
  expect(afterRealTimeStatus(unknownCondition, 2, 0x16).cover).toBe("open");
  expect(afterRealTimeStatus(unknownCondition, 2, 0x32).paper).toBe("out");
  expect(afterRealTimeStatus(unknownCondition, 3, 0x1a).fault).toBe("cutter");
  expect(afterRealTimeStatus(unknownCondition, 4, 0x1e).paper).toBe("near-end");
  expect(afterRealTimeStatus(unknownCondition, 4, 0x7e).paper).toBe("out");
});

test("an owner hears the reason to act on first, and an unknown status is no reason at all", () => {
  expect(shownReason(unknownCondition)).toBeUndefined();
  const open = { ...unknownCondition, online: false, cover: "open", paper: "out" } as const;
  expect(blockingReason(open)?.code).toBe("printer.cover-open");
  expect(blockingReason({ ...unknownCondition, online: false })?.code).toBe("printer.offline");
  const nearEnd = { ...unknownCondition, paper: "near-end" } as const;
  expect(blockingReason(nearEnd)).toBeUndefined();
  expect(shownReason(nearEnd)?.code).toBe("printer.near-end");
});
