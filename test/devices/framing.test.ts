import fc from "fast-check";
import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { scanFromFrame } from "../../devices/scanner/scan-text.ts";
import { longestFrameBytes, SerialFraming } from "../../devices/scanner/serial-framing.ts";
import type { FrameEnd, FramingEvent } from "../../devices/scanner/serial-framing.ts";

const suffixes: Record<Exclude<FrameEnd, "idle" | "stx-etx">, string> = { cr: "\r", lf: "\n", crlf: "\r\n", tab: "\t" };
const atMs = 1_800_000_000_000;

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

function texts(events: readonly FramingEvent[]): string[] {
  return events.flatMap((event) => (event.kind === "frame" ? [Buffer.from(event.bytes).toString("latin1")] : []));
}

/** Feeds the bytes cut at these places. */
function pushInChunks(framing: SerialFraming, bytes: Uint8Array, cuts: readonly number[]): FramingEvent[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((one, other) => one - other);
  const events: FramingEvent[] = [];
  let start = 0;
  for (const place of [...places, bytes.length]) {
    events.push(...framing.push(bytes.subarray(start, place), atMs));
    start = place;
  }
  return events;
}

const code = fc.string({ unit: fc.constantFrom(..."0123456789ABC]\u001d$%"), minLength: 1, maxLength: 60 });

test.each(["cr", "lf", "crlf", "tab"] as const)(
  "codes ending in %s are the same however the driver cuts them, or a cashier would sell half a code",
  (end) => {
    fc.assert(
      fc.property(fc.array(code, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 8 }), (codes, cuts) => {
        const wire = bytesOf(codes.map((one) => one + suffixes[end]).join(""));
        expect(texts(pushInChunks(new SerialFraming({ end }), wire, cuts))).toEqual(codes);
      }),
    );
  },
);

test("between STX and ETX a code may hold CR, LF and tabs, or a QR code would become two scans", () => {
  const anyByte = fc.string({ unit: fc.constantFrom(..."09AZ\r\n\t\u001d\u00e9"), minLength: 1, maxLength: 40 });
  const between = fc.constantFrom("", "\r", "\r\n");
  fc.assert(
    fc.property(fc.array(anyByte, { maxLength: 5 }), between, fc.array(fc.nat()), (codes, gap, cuts) => {
      const wire = bytesOf(codes.map((one) => `\u0002${one}\u0003${gap}`).join(""));
      const events = pushInChunks(new SerialFraming({ end: "stx-etx" }), wire, cuts);
      expect(texts(events)).toEqual(codes);
      expect(events.every((event) => event.kind === "frame")).toBe(true);
    }),
  );
});

test("any bytes at all in any chunks give the same events and never an exception, or a broken cable would stop the till", () => {
  const ends = fc.constantFrom<FrameEnd>("cr", "lf", "crlf", "tab", "stx-etx", "idle");
  fc.assert(
    fc.property(ends, fc.uint8Array({ maxLength: 9000 }), fc.array(fc.nat(), { maxLength: 20 }), (end, bytes, cuts) => {
      const whole = new SerialFraming({ end });
      const cut = new SerialFraming({ end });
      const expected = [...whole.push(bytes, atMs), ...whole.idle(atMs + 1000)];
      expect([...pushInChunks(cut, bytes, cuts), ...cut.idle(atMs + 1000)]).toEqual(expected);
    }),
  );
});

test.each([
  ["cr", "\r"],
  ["crlf", "\r\n"],
  ["stx-etx", "\u0003"],
] as const)("a flood with end %s is one event with its length, and the next code is read", (end, after) => {
  const start = end === "stx-etx" ? "\u0002" : "";
  const framing = new SerialFraming({ end });
  const flood = bytesOf(`${start}${"7".repeat(20_000)}${after}`);
  const events: FramingEvent[] = [];
  for (let index = 0; index < flood.length; index += 997)
    events.push(...framing.push(flood.subarray(index, index + 997), atMs));
  events.push(...framing.push(bytesOf(`${start}4006381333931${after}`), atMs));
  expect(events).toHaveLength(2);
  const length = end === "crlf" ? 20_001 : 20_000;
  expect(events[0]).toEqual({ kind: "rubbish", reason: "too-long", length, atMs });
  expect(texts(events)).toEqual(["4006381333931"]);
});

test("a flood without an end stops costing memory and is reported when it falls silent", () => {
  const framing = new SerialFraming({ end: "cr" });
  for (let chunk = 0; chunk < 100; chunk += 1) expect(framing.push(new Uint8Array(4096).fill(0x55), atMs)).toEqual([]);
  expect(framing.idle(atMs + framing.quietAfterMs - 1)).toEqual([]);
  expect(framing.idle(atMs + framing.quietAfterMs)).toEqual([
    { kind: "rubbish", reason: "too-long", length: 409_600, atMs: atMs + framing.quietAfterMs },
  ]);
  expect(framing.isHolding).toBe(false);
});

test("a code of exactly the longest length is read and one byte more is not", () => {
  const framing = new SerialFraming({ end: "cr" });
  expect(texts(framing.push(bytesOf(`${"1".repeat(longestFrameBytes)}\r`), atMs))).toHaveLength(1);
  expect(framing.push(bytesOf(`${"1".repeat(longestFrameBytes + 1)}\r`), atMs)).toMatchObject([{ kind: "rubbish" }]);
});

test("half a code does not join the next one, or two goods would make a third", () => {
  const framing = new SerialFraming({ end: "cr" });
  framing.push(bytesOf("40063"), atMs);
  const events = framing.push(bytesOf("4006381333931\r"), atMs + 600);
  expect(events[0]).toMatchObject({ kind: "rubbish", reason: "half", length: 5 });
  expect(texts(events)).toEqual(["4006381333931"]);
});

test("a new STX gives up the code before it, so a scan after a glitch is whole", () => {
  const events = new SerialFraming({ end: "stx-etx" }).push(bytesOf("\u0002400\u00024006381333931\u0003"), atMs);
  expect(events[0]).toMatchObject({ kind: "rubbish", reason: "half", length: 3 });
  expect(texts(events)).toEqual(["4006381333931"]);
});

test("a doubled suffix is no second, empty scan, or the last item would be added again", () => {
  expect(texts(new SerialFraming({ end: "cr" }).push(bytesOf("123\r\n456\r\r789\r\n"), atMs))).toEqual([
    "123",
    "456",
    "789",
  ]);
  expect(texts(new SerialFraming({ end: "lf" }).push(bytesOf("123\r\n456\n\n"), atMs))).toEqual(["123", "456"]);
});

test("a scanner without a suffix is understood by its silence", () => {
  const framing = new SerialFraming({ end: "idle", idleCloseMs: 50 });
  expect(framing.push(bytesOf("40063"), atMs)).toEqual([]);
  expect(framing.push(bytesOf("81333931"), atMs + 20)).toEqual([]);
  expect(framing.idle(atMs + 60)).toEqual([]);
  expect(texts(framing.idle(atMs + 70))).toEqual(["4006381333931"]);
});

test("the symbology is split off, so that EAN-8 and UPC-E can be told apart", () => {
  expect(scanFromFrame(bytesOf("]E04006381333931"), "serial", atMs)).toEqual({
    text: "4006381333931",
    hex: "5d4530343030363338313333333933 31".replace(" ", ""),
    symbology: "]E0",
    source: "serial",
    at: atMs,
  });
  expect(scanFromFrame(bytesOf("4006381333931"), "serial", atMs)).not.toHaveProperty("symbology");
});

test("text is UTF-8 where it is valid, else byte for byte, and GS stays, or GS1 fields would run together", () => {
  expect(scanFromFrame(Buffer.from("]Q1\u5c71\u6cc9", "utf8"), "serial", atMs).text).toBe("\u5c71\u6cc9");
  expect(scanFromFrame(Uint8Array.of(0xe9, 0x1d, 0x41), "serial", atMs).text).toBe("\u00e9\u001dA");
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
      expect(scanFromFrame(bytes, "serial", atMs).hex).toBe(Buffer.from(bytes).toString("hex"));
    }),
  );
});
