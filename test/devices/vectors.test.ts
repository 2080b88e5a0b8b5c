import fc from "fast-check";
import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import type { ReceiptDocument } from "../../devices/printer/document.ts";
import { encodeReceipt } from "../../devices/printer/escpos-encode.ts";
import { printerProfile, printerProfiles } from "../../devices/printer/profiles.ts";
import type { CodePage, PrinterProfile } from "../../devices/printer/profiles.ts";
import { scanFromFrame } from "../../devices/scanner/scan-text.ts";
import { SerialFraming } from "../../devices/scanner/serial-framing.ts";
import { epsonCodePages } from "../../devices/simulators/code-pages.ts";
import { EscposParser } from "../../devices/simulators/escpos-parse.ts";
import type { ParsedEvent } from "../../devices/simulators/escpos-parse.ts";
import { describeWithVectors, readVector } from "../support/vectors.ts";

interface Capabilities {
  profiles: Record<
    string,
    { codePages: Record<string, string>; features: { qrCode: boolean }; fonts: Record<string, { columns: number }> }
  >;
}

/** Our names of the tables that the database and the simulated printer know too. */
const tables: Record<string, { encoding: CodePage; simulated: string }> = {
  CP437: { encoding: "cp437", simulated: "pc437" },
  CP850: { encoding: "cp850", simulated: "pc850" },
  CP858: { encoding: "cp858", simulated: "pc858" },
  CP1252: { encoding: "windows1252", simulated: "wpc1252" },
};

const sample: ReceiptDocument = [
  { kind: "text", text: "Caf\u00e9 Suanpan", align: "center", bold: true, size: "double" },
  { kind: "rule" },
  { kind: "columns", left: "Organic sparkling mountain water, glass, returnable", right: "128.00" },
  { kind: "columns", left: "Total", right: "EUR 128.00", bold: true },
  { kind: "qr", data: "PC1:6BFOXN*TS0BI$ZD" },
  { kind: "cut" },
];

/** Prints the sample on a printer with these properties and checks what a customer would hold. */
function checkSample(columns: number, table: string, number: number, printsQr: boolean): void {
  const known = tables[table];
  const base = printerProfiles[0];
  if (known === undefined || base === undefined) throw new Error(`No table ${table}`);
  const { encoding, simulated } = known;
  const profile: PrinterProfile = { ...base, columns, printsQr, textMode: { kind: "codePage", encoding, number } };
  const bytes = encodeReceipt(sample, profile);
  const events = new EscposParser(columns, new Map([[number, simulated]])).push(bytes);
  expect(new EscposParser(columns * 2, new Map([[number, simulated]])).push(bytes)).toEqual(events);
  const letters = events
    .map((event) => (event.kind === "text" ? event.text : ""))
    .join("")
    .replaceAll(/\s/g, "");
  expect(letters).toContain("Caf\u00e9Suanpan");
  expect(letters).toContain("128.00");
  expect(letters).toContain("TotalEUR128.00");
  expect(events.some((event) => event.kind === "qr")).toBe(printsQr);
  expect(events.filter((event) => event.kind === "unknown")).toEqual([]);
}

describeWithVectors("printer profile database", "printers", (folder) => {
  const capabilities = readVector(folder, "capabilities.json") as Capabilities;

  test("the sample receipt prints on every model in each of its tables, or a shop's printer cuts off amounts", () => {
    let printedCount = 0;
    for (const model of Object.values(capabilities.profiles)) {
      for (const [number, table] of Object.entries(model.codePages)) {
        if (tables[table] === undefined) continue;
        checkSample(model.fonts["0"]?.columns ?? 42, table, Number(number), model.features.qrCode);
        printedCount += 1;
      }
    }
    expect(printedCount).toBeGreaterThan(50);
  });

  test("our Epson profile has the database's columns and table numbers, or a euro prints as another sign", () => {
    const model = capabilities.profiles["TM-T20III"];
    const ours = printerProfile("epson-80mm");
    expect(ours?.columns).toBe(model?.fonts["0"]?.columns);
    expect(ours?.textMode).toMatchObject({ number: 19 });
    for (const [number, simulated] of epsonCodePages) {
      const [table] = Object.entries(tables).find(([, known]) => known.simulated === simulated) ?? [];
      expect(model?.codePages[String(number)]).toBe(table);
    }
  });
});

test("the sample receipt prints on any width and table", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 12, max: 64 }),
      fc.constantFrom(...Object.keys(tables)),
      fc.integer({ min: 0, max: 255 }),
      fc.boolean(),
      checkSample,
    ),
  );
});

function kindsOf(events: readonly ParsedEvent[]): string[] {
  return [...new Set(events.map((event) => event.kind))];
}

/** A string as goods name, price, heading and code: nothing but lines may come of it. */
function checkPrinting(text: string): void {
  for (const profile of printerProfiles) {
    const document: ReceiptDocument = [
      { kind: "text", text, size: "wide" },
      { kind: "columns", left: text, right: text.slice(0, 12) },
    ];
    const events = new EscposParser(profile.columns).push(encodeReceipt(document, profile));
    for (const kind of kindsOf(events)) expect(["initialise", "automatic-status", "text", "feed"]).toContain(kind);
    expect(events.every((event) => event.kind !== "text" || !/\p{Cc}|\ufffd/u.test(event.text))).toBe(true);
  }
}

/** A string scanned as a QR code through a line that cuts it in the middle. */
function checkScanning(text: string): void {
  const code = Buffer.from(text.replaceAll("\u0002", "").replaceAll("\u0003", ""), "utf8");
  if (code.length === 0 || code.length > 4000) return;
  const framing = new SerialFraming({ end: "stx-etx" });
  const wire = Buffer.concat([Uint8Array.of(2), Buffer.from("]Q1"), code, Uint8Array.of(3)]);
  const half = Math.floor(wire.length / 2);
  const events = [...framing.push(wire.subarray(0, half), 1), ...framing.push(wire.subarray(half), 2)];
  const [frame] = events;
  if (frame?.kind !== "frame") throw new Error("No frame");
  expect(events).toHaveLength(1);
  const scan = scanFromFrame(frame.bytes, "serial", 2);
  expect(scan.symbology).toBe("]Q1");
  expect(scan.text).toBe(code.toString("utf8"));
}

describeWithVectors("hostile strings", "strings", (folder) => {
  test("each prints as harmless lines and scans as itself, or a goods name could work the drawer", () => {
    const strings = readVector(folder, "blns.json") as string[];
    for (const text of strings) {
      checkPrinting(text);
      checkScanning(text);
    }
    expect(strings.length).toBeGreaterThan(500);
  });
});

test("any string prints as harmless lines and scans as itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      checkPrinting(text);
      checkScanning(text.toWellFormed());
    }),
  );
});
