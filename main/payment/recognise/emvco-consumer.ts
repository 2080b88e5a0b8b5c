import { toHex } from "../../../sync/protocol/bytes.ts";
import { readBerObjects, type BerObject } from "./ber-tlv.ts";
import { notEnabled, unknown, type ConsumerFields, type Recognition, type RecogniseSettings } from "./recognition.ts";

/** Base64 of tag 85, length 5, `CPV01` leaves four bits of the next byte: the character after `M` is one of these. */
const start = /^hQVDUFYwM[Q-Za-f]/;

/** Whole groups of four, padded where they have to be (RFC 4648, section 4). */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The standard's own limit is 512 characters (EMVCo Consumer-Presented Mode 1.1, section 3.1). */
const maximumCharacters = 512;

/** Card schemes by the registered part of the application's id (ISO/IEC 7816-5). */
const schemeOfProvider: Readonly<Record<string, string>> = {
  A000000003: "visa",
  A000000004: "mastercard",
  A000000025: "american-express",
  A000000065: "jcb",
  A000000152: "discover",
  A000000333: "unionpay",
  A000000524: "rupay",
};

type Objects = ReadonlyMap<string, Uint8Array>;

/**
 * A payment code of a card scheme (EMVCo Consumer-Presented Mode 1.1): base64 of BER-TLV, the format `CPV01` under tag 85,
 * then at least one application under tag 61 with its id under 4F. It carries a cryptogram for the issuer, so that no till
 * can approve it by itself. Of the card's number the last four digits are given, and nothing else of it ever leaves here.
 */
export function recogniseConsumerCode(text: string, { wallets }: RecogniseSettings): Recognition | null {
  if (!start.test(text)) return null;
  const fields = text.length <= maximumCharacters && base64.test(text) ? consumerFields(text) : null;
  // What is behind the start may be a card's number, so that not even a refusal quotes it.
  const beginning = text.slice(0, 10);
  if (fields === null) return unknown(beginning, "payment-code");
  const isEnabled = wallets.has("emvco-consumer") || (fields.scheme === "unionpay" && wallets.has("unionpay"));
  return isEnabled ? { kind: "emvco-consumer", fields, reason: null } : notEnabled(beginning, "emvco-consumer");
}

function consumerFields(text: string): ConsumerFields | null {
  const bytes = Buffer.from(text, "base64");
  // Bits that stand for nothing have to be zero, or one code would have many texts (RFC 4648, section 3.5).
  if (bytes.toString("base64") !== text) return null;
  const objects = readBerObjects(bytes);
  if (objects?.[0]?.tag !== "85" || Buffer.from(objects[0].value).toString("latin1") !== "CPV01") return null;
  const others = objects.slice(1);
  if (others.some(({ tag }) => tag !== "61" && tag !== "62" && tag !== "64")) return null;
  const templates = others.map(({ value }) => onceEach(readBerObjects(value)));
  const applications = templates.filter((_, index) => others[index]?.tag === "61");
  const [first] = applications;
  if (first === undefined || first === null || templates.includes(null)) return null;
  if (!applications.every((application) => isApplicationId(application?.get("4F")))) return null;
  const aid = toHex(first.get("4F") ?? new Uint8Array()).toUpperCase();
  const label = labelOf(first.get("50"));
  const common = templates.find((_, index) => others[index]?.tag === "62");
  const panLast4 = lastFourOf(first) ?? lastFourOf(common ?? new Map());
  return {
    aid,
    scheme: schemeOfProvider[aid.slice(0, 10)] ?? "other",
    ...(label === null ? {} : { label }),
    ...(panLast4 === null ? {} : { panLast4 }),
  };
}

/** Objects by their tags, null where one stands there twice: two readers could take two different ones. */
function onceEach(objects: readonly BerObject[] | null): Objects | null {
  if (objects === null) return null;
  const byTag = new Map(objects.map(({ tag, value }) => [tag, value]));
  return byTag.size === objects.length && byTag.size > 0 ? byTag : null;
}

/** Five registered bytes and up to eleven more (ISO/IEC 7816-4, section 8.2.1.2). */
function isApplicationId(value: Uint8Array | undefined): boolean {
  return value !== undefined && value.length >= 5 && value.length <= 16;
}

function labelOf(value: Uint8Array | undefined): string | null {
  const label = value === undefined ? "" : Buffer.from(value).toString("latin1");
  return /^[ -~]{1,16}$/.test(label) ? label : null;
}

/** The last four digits of the card or of its stand-in: where they are named (9F25), else of the number (5A, 57). */
function lastFourOf(application: Objects): string | null {
  const named = toHex(application.get("9F25") ?? new Uint8Array());
  if (/^\d{4}$/.test(named)) return named;
  const number = toHex(application.get("5A") ?? new Uint8Array()).replace(/f$/, "");
  const track = toHex(application.get("57") ?? new Uint8Array()).split("d")[0] ?? "";
  return [number, track].find((digits) => /^\d{12,19}$/.test(digits))?.slice(-4) ?? null;
}
