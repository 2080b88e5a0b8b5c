import type { Chance } from "../../faults/random.ts";
import { encodeCbor, type CborLabel, type CborValue } from "../../../sync/protocol/cbor.ts";
import { crcOf, crcText, toBase45, withCheckDigit, withMod97, withRecursiveDigit } from "./arithmetic.ts";

/** What a code has to be recognised as, by every shop that takes it. */
export type ValidCode = { kind: string; text: string; symbology?: string };

const utf8 = new TextEncoder();

/** So many digits by chance. */
export function digits(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => String(chance.below(10))).join("");
}

const letters = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[chance.below(36)]).join("");

const objectOf = (id: string, value: string): string => `${id}${String(value.length).padStart(2, "0")}${value}`;

/** A payee's code: what is given stands between its first two data objects and its checksum. */
export function merchantCode(...objects: readonly (readonly [id: string, value: string])[]): string {
  const body = objects.map(([id, value]) => objectOf(id, value)).join("");
  const text = `000201${body}6304`;
  return text + crcText(utf8.encode(text));
}

/** The mini code of a Thai bank slip. */
export function slipCode(chance: Chance): string {
  const inner = objectOf("00", "000001") + objectOf("01", digits(chance, 3)) + objectOf("02", digits(chance, 20));
  const text = `${objectOf("00", inner)}5102TH9104`;
  return text + crcText(utf8.encode(text));
}

function pix(chance: Chance): string {
  const account = objectOf("00", "br.gov.bcb.pix") + objectOf("01", `${letters(chance, 8).toLowerCase()}@example.com`);
  return merchantCode(
    ["26", account],
    ["52", "0000"],
    ["53", "986"],
    ...(chance.oneIn(2) ? [["54", `${chance.below(1000)}.${digits(chance, 2)}`] as const] : []),
    ["58", "BR"],
    ["59", "Padaria São João"],
    ["60", "Sao Paulo"],
    ["62", objectOf("05", "***")],
  );
}

function promptPay(chance: Chance): string {
  const account = objectOf("00", "A000000677010111") + objectOf("01", `0066${digits(chance, 9)}`);
  return merchantCode(["01", "11"], ["29", account], ["58", "TH"], ["53", "764"]);
}

/** One data object of BER-TLV in hexadecimal. */
export function berObject(tag: string, value: string): string {
  const length = value.length / 2;
  return tag + (length < 128 ? "" : "81") + length.toString(16).padStart(2, "0") + value;
}

/** A payment code of a card scheme of these data objects, in hexadecimal. */
export function consumerCode(...objects: readonly string[]): string {
  return Buffer.from(berObject("85", "4350563031") + objects.join(""), "hex").toString("base64");
}

function unionPayConsumer(chance: Chance): string {
  const track = `62${digits(chance, 14)}D${digits(chance, 15)}`;
  const application =
    berObject("4F", "A000000333010102") +
    berObject("57", track) +
    berObject("63", berObject("9F26", digits(chance, 16)) + berObject("9F27", "80"));
  return consumerCode(berObject("61", application));
}

/** A message with the shape of COSE_Sign1 and a signature of nobody. */
export function signedText(prefix: string, chance: Chance, payload: CborValue, signatureBytes = 64): string {
  const header = encodeCbor(new Map<CborLabel, CborValue>([[1, chance.oneIn(2) ? -9 : -19]]));
  const keyId = new Map<CborLabel, CborValue>([[4, chance.bytes(8)]]);
  return prefix + toBase45(encodeCbor([header, keyId, encodeCbor(payload), chance.bytes(signatureBytes)]));
}

function badge(chance: Chance): string {
  const id = chance.bytes(16);
  const sum = crcOf(id);
  return `PW1:${toBase45(Uint8Array.from([...id, sum >> 8, sum & 255]))}`;
}

function receipt(chance: Chance): string {
  const bytes = Uint8Array.from([...chance.bytes(16), 0, 0, 0, 0, 0, 1, ...chance.bytes(10)]);
  return `PC1:${toBase45(bytes)}`;
}

function swissBill(chance: Chance): string {
  const address = ["S", "Bäckerei Muster", "Bahnhofstrasse", "7", "8001", "Zürich", "CH"];
  const lines = [
    ["SPC", "0200", "1", withMod97("CH", `30${digits(chance, 15)}`)],
    address,
    ["", "", "", "", "", "", ""],
    [`${chance.below(9000)}.${digits(chance, 2)}`, "CHF"],
    ["S", "Anna Muster", "Seeweg", "1", "6300", "Zug", "CH"],
    ["QRR", withRecursiveDigit(digits(chance, 26)), "Rechnung", "EPD"],
  ].flat();
  return lines.join(chance.oneIn(2) ? "\r\n" : "\n");
}

function transfer(chance: Chance): string {
  const iban = withMod97("DE", digits(chance, 18));
  const amount = chance.oneIn(3) ? "" : `EUR${chance.below(500)}.${digits(chance, 2)}`;
  return ["BCD", "002", "1", "SCT", "", "Muster GmbH", iban, amount, "", "", `Invoice ${digits(chance, 4)}`].join("\n");
}

/** Dates that are in every month. */
const day = (chance: Chance): string =>
  `${20 + chance.below(30)}${String(1 + chance.below(12)).padStart(2, "0")}${String(chance.below(29)).padStart(2, "0")}`;

const gtin14 = (chance: Chance): string => withCheckDigit(`0${digits(chance, 12)}`);

function elementString(chance: Chance): ValidCode {
  const parts = [`01${gtin14(chance)}`, `17${day(chance)}`, `10${letters(chance, 6)}`];
  const more = chance.oneIn(2) ? `\u001d310${chance.below(6)}${digits(chance, 6)}` : `\u001d21${letters(chance, 8)}`;
  const symbology = chance.pick(["]C1", "]d2", "]Q3", "]e0"]);
  return { kind: "gs1", text: parts.join("") + more, symbology };
}

function link(chance: Chance): string {
  const host = chance.pick(["https://id.gs1.org", "https://brand.example/some/path", "HTTP://shop.example:8080"]);
  return `${host}/01/${gtin14(chance)}/10/${letters(chance, 5)}?17=${day(chance)}&linkType=x`;
}

/** One code of every kind that has a form of its own; `token` is a spend token, which only a wallet can make. */
export function validCodes(chance: Chance, token: string): ValidCode[] {
  const own = { claims: digits(chance, 9) };
  const claims = new Map<CborLabel, CborValue>([
    [6, chance.below(1_000_000)],
    [7, utf8.encode(own.claims)],
  ]);
  return [
    { kind: "gtin", text: withCheckDigit(`69${digits(chance, 10)}`) },
    { kind: "gtin", text: withCheckDigit(digits(chance, 7)), symbology: "]E4" },
    { kind: "gtin", text: withCheckDigit(digits(chance, 13)), symbology: "]I1" },
    elementString(chance),
    { kind: "gs1", text: `(01)${gtin14(chance)}(15)${day(chance)}(3922)${digits(chance, 5)}` },
    { kind: "gs1", text: `00${withCheckDigit(`1${digits(chance, 16)}`)}`, symbology: "]C1" },
    { kind: "gs1", text: link(chance) },
    { kind: "embedded", text: withCheckDigit(`21${digits(chance, 10)}`), symbology: "]E0" },
    { kind: "embedded", text: withCheckDigit(`22${digits(chance, 5)}${chance.pick(["92875", "31250"])}`) },
    { kind: "coupon", text: withCheckDigit(`99${digits(chance, 10)}`) },
    { kind: "coupon", text: `255${withCheckDigit(digits(chance, 12))}${digits(chance, 5)}`, symbology: "]e0" },
    { kind: "spend-token", text: token },
    { kind: "payment-request", text: signedText("PR1:", chance, claims) },
    { kind: "payment-proof", text: signedText("PP1:", chance, claims) },
    { kind: "exit", text: signedText("PX1:", chance, claims) },
    { kind: "basket", text: signedText("PB1:", chance, [...claims.values()]) },
    { kind: "receipt", text: receipt(chance) },
    { kind: "badge", text: badge(chance) },
    { kind: "wechat-pay", text: `1${chance.below(6)}${digits(chance, 16)}` },
    { kind: "alipay", text: `${chance.pick(["25", "28", "30"])}${digits(chance, 14 + chance.below(9))}` },
    { kind: "unionpay", text: `62${digits(chance, 17)}` },
    { kind: "emvco-consumer", text: unionPayConsumer(chance) },
    { kind: "emvco-merchant", text: pix(chance) },
    { kind: "emvco-merchant", text: promptPay(chance) },
    {
      kind: "upi",
      text: `upi://pay?pa=shop${digits(chance, 3)}@bank&pn=Tea%20House&am=${chance.below(900)}.50&cu=INR`,
    },
    { kind: "bill", text: swissBill(chance) },
    { kind: "bill", text: transfer(chance) },
  ];
}

/** Codes with one thing wrong that no check digit and no checksum finds: each has to be unknown. */
export function nearlyValidCodes(chance: Chance): ValidCode[] {
  const account = objectOf("00", "A000000677010111") + objectOf("01", "0066812345678");
  const application = berObject("4F", "A000000333010102");
  const padded = consumerCode(berObject("61", application + berObject("50", "41")));
  const texts = [
    slipCode(chance),
    merchantCode(["29", account], ["29", account], ["58", "TH"], ["53", "764"]),
    merchantCode(["29", account + objectOf("01", "0066812345679")], ["58", "TH"], ["53", "764"]),
    merchantCode(["29", account], ["58", "TH"]),
    merchantCode(
      ["26", objectOf("00", "br.gov.bcb.pix")],
      ["52", "0000"],
      ["53", "986"],
      ["58", "BR"],
      ["59", "A"],
      ["60", "B"],
    ),
    signedText("PP1:", chance, digits(chance, 40), 63),
    signedText("PX1:", chance, digits(chance, 40), 65),
    consumerCode(berObject("61", application), berObject("70", "00")),
    consumerCode(berObject("61", berObject("50", "414243"))),
    consumerCode(berObject("61", application + application)),
    padded.replace(/.(?==*$)/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
    `(01)${gtin14(chance)}(17)260230`,
    `(01)${gtin14(chance)}(10)A(10)B`,
    withCheckDigit(`22${digits(chance, 5)}82875`),
    `https://shop.example/${digits(chance, 6)}`,
  ];
  return texts.map((text) => ({ kind: "unknown", text }));
}
