import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { encodeReceipt } from "../../devices/printer/escpos-encode.ts";
import { printerProfile, printerProfiles, type PrinterProfile } from "../../devices/printer/profiles.ts";
import { readArguments, readText } from "../arguments.ts";
import { openCatalog, type Catalog } from "../catalog/catalog.ts";
import { noteName } from "../checkout/note.ts";
import { settledOf } from "../checkout/settled.ts";
import { TillError } from "../contract/errors.ts";
import { localeSchema } from "../contract/snapshot.ts";
import { defaultDataFolder } from "../data-folder.ts";
import { readKnownEntry } from "../ledger/entries.ts";
import { openLedgerCopy, type LedgerCopy } from "../ledger/read-copy.ts";
import { receiptDocument, type ReceiptSource } from "../receipt/receipt-document.ts";
import { withLedgerFile } from "../tool.ts";
import { jsonOption, print, type Command } from "./command.ts";

const optionTypes = {
  data: { type: "string" },
  printer: { type: "string" },
  out: { type: "string" },
  ...jsonOption,
} as const;

/**
 * `till receipt`: the bytes that a printer of this profile would get for a sale or a refund, made again from the journal.
 * Nothing is printed, and the journal does not change.
 */
export const receipt: Command = {
  usage: "receipt [DIR] SEQ --printer PROFILE --out FILE [--json]",
  does: "writes the bytes that would be printed for the sale or refund of an entry",
  async run(typed) {
    const { folder, seq, profile, out, json } = readCommand(typed);
    const bytes = await withLedgerFile(folder, ({ file }) => receiptBytes(folder, file, seq, profile));
    try {
      writeFileSync(out, bytes, { mode: 0o600 });
    } catch (cause) {
      throw new TillError("folder.not-writable", { folder: out }, cause);
    }
    print(json, { seq, printer: profile.name, bytes: bytes.length, out }, [`${bytes.length} bytes are in ${out}.`]);
    return 0;
  },
};

type ReceiptCommand = { folder: string; seq: number; profile: PrinterProfile; out: string; json: boolean };

function readCommand(typed: readonly string[]): ReceiptCommand {
  const { values, words } = readArguments(typed, optionTypes);
  const named = readText(values["data"]);
  const [folder, text, ...more] = named === undefined && words.length > 1 ? words : [named, ...words];
  const seq = /^\d{1,15}$/.test(text ?? "") ? Number(text) : 0;
  if (seq < 1 || more.length > 0) throw new TillError("command.invalid", { detail: words.join(" ") || "SEQ" });
  const out = readText(values["out"]);
  if (out === undefined) throw new TillError("command.invalid", { detail: "--out" });
  return {
    folder: resolve(folder ?? defaultDataFolder()),
    seq,
    profile: readProfile(readText(values["printer"])),
    out: resolve(out),
    json: values["json"] === true,
  };
}

function readProfile(name: string | undefined): PrinterProfile {
  const profile = name === undefined ? undefined : printerProfile(name);
  if (profile !== undefined) return profile;
  const known = printerProfiles.map((each) => each.name).join(", ");
  throw new TillError("command.invalid", { detail: `--printer ${name ?? ""} (${known})` });
}

function receiptBytes(folder: string, file: string, seq: number, profile: PrinterProfile): Uint8Array {
  // A till that never had its goods has sold none, and opening what is not there would make it.
  if (!existsSync(join(folder, "catalog.db"))) throw new TillError("catalog.empty");
  const ledger = openLedgerCopy(file);
  try {
    const catalog = openCatalog(folder);
    try {
      const locale = localeSchema.catch("en").parse(ledger.setting("locale"));
      return encodeReceipt(receiptDocument(sourceOf(ledger, catalog, seq), locale), profile);
    } finally {
      catalog.close();
    }
  } finally {
    ledger.close();
  }
}

function sourceOf(ledger: LedgerCopy, catalog: Catalog, seq: number): ReceiptSource {
  const stored = ledger.entry(seq);
  const entry = stored === undefined ? undefined : readKnownEntry(stored.text);
  if (stored !== undefined && entry === undefined) throw new TillError("entry.unread", { seq });
  const store = catalog.store();
  if (store === null) throw new TillError("catalog.empty");
  const settled =
    stored === undefined || entry === undefined
      ? null
      : settledOf(entry, stored.hash, ledger.privateValue(stored.id, noteName));
  if (settled === null) throw new TillError("receipt.not-found");
  const cashier = catalog.people().find(({ id }) => id === settled.person)?.name;
  return {
    settled,
    store,
    // A kiosk's sale has no person.
    ...(cashier === undefined ? {} : { cashier }),
    tillNumber: ledger.lastEnrolment()?.tillNumber ?? 0,
    taxNames: new Map(catalog.taxClasses().map(({ id, name }) => [id, name])),
    copy: 1,
  };
}
