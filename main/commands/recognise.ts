import { resolve } from "node:path";
import { walletKindSchema, type WalletKind } from "../../sync/protocol/change.ts";
import { fromHex, fromUtf8, toHex } from "../../sync/protocol/bytes.ts";
import { readArguments, readText } from "../arguments.ts";
import { readStore } from "../catalog/read-store.ts";
import { refusalOf } from "../checkout/scan-refusals.ts";
import { TillError } from "../contract/errors.ts";
import { defaultDataFolder } from "../data-folder.ts";
import type { RecogniseSettings, ScannedCode } from "../payment/recognise/recognition.ts";
import { recognise } from "../payment/recognise/recognise.ts";
import { everyWallet, settingsOf } from "../payment/recognise/settings.ts";
import { sentenceOf } from "../sentence.ts";
import { jsonOption, print, type Command } from "./command.ts";

const options = {
  symbology: { type: "string" },
  hex: { type: "boolean" },
  wallets: { type: "string" },
  data: { type: "string" },
  ...jsonOption,
} as const;

/**
 * `till recognise`: what a scanned code is, and why not. What the shop takes is read from the catalogue of the data folder,
 * where there is one; else every wallet counts. An unknown code is an answer and no failure of the command.
 */
export const recogniseCode: Command = {
  usage: "recognise CODE [--symbology ]C1] [--hex] [--wallets LIST|none] [--data DIR] [--json]",
  does: "says what a scanned code is, and why not; --hex for a code given as hexadecimal bytes",
  run(typed) {
    const { values, words } = readArguments(typed, options);
    const [text, ...more] = words;
    if (text === undefined || more.length > 0) throw new TillError("command.invalid", { detail: "one code is needed" });
    const settings = readSettings(readText(values["data"]), readText(values["wallets"]));
    const scan = readCode(text, values["hex"] === true, readText(values["symbology"]));
    const { kind, fields, reason } = recognise(scan, settings);
    const lines = Object.entries(fields).map(([name, value]) => `${name} ${String(value).slice(0, 200)}`);
    const refusal = reason === null ? null : refusalOf({ kind, fields, reason }, scan.text);
    const why = refusal === null ? [] : [`reason ${reason}`, sentenceOf(refusal)];
    print(values["json"] === true, { kind, fields, reason }, [kind, ...lines, ...why]);
    return Promise.resolve(0);
  },
};

/** The code as a reader would hand it over: UTF-8 where its bytes are, else each byte as the character of its number. */
function readCode(typed: string, isHex: boolean, symbology: string | undefined): ScannedCode {
  if (symbology !== undefined && !/^\][A-Za-z][0-9A-Za-z]$/.test(symbology)) {
    throw new TillError("command.invalid", { detail: `--symbology ${symbology}` });
  }
  if (!isHex) return { text: typed, symbology };
  if (!/^(?:[0-9a-f]{2})*$/i.test(typed)) throw new TillError("command.invalid", { detail: "--hex" });
  const bytes = fromHex(typed);
  return { text: textOf(bytes), hex: toHex(bytes), symbology };
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (error) {
    if (error instanceof TypeError) return Buffer.from(bytes).toString("latin1");
    throw error;
  }
}

function readSettings(data: string | undefined, wallets: string | undefined): RecogniseSettings {
  const year = new Date().getFullYear();
  const store = readStore(resolve(data ?? defaultDataFolder()));
  const settings = store === null ? everyWallet(year) : settingsOf(store, year);
  return wallets === undefined ? settings : { ...settings, wallets: readWallets(wallets) };
}

function readWallets(list: string): ReadonlySet<WalletKind> {
  const names = list === "none" ? [] : list.split(",");
  const unknownName = names.find((name) => !walletKindSchema.safeParse(name).success);
  if (unknownName !== undefined) throw new TillError("command.invalid", { detail: `--wallets ${unknownName}` });
  return new Set(names as WalletKind[]);
}
