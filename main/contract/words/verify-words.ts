import { currencySchema, minorDigits } from "../../../sync/protocol/money.ts";
import type { FaultParameters } from "../errors.ts";
import type { Locale } from "../snapshot.ts";
import type { ErrorWords } from "./error-words.ts";
import { fill } from "./fill.ts";
import { wordsOfFault } from "./index.ts";
import { severities, type VerifyCatalogue, type VerifyReason, type VerifyVariant } from "./verify-catalogue.ts";
import { verifyInEnglish } from "./verify-en.ts";
import { verifyInChinese } from "./verify-zh-cn.ts";

/** What the check of a ledger found broken, as data. `seq` is 0 where the file as a whole is meant. */
export interface BrokenPlace {
  seq: number;
  reason: string;
  params?: FaultParameters | undefined;
}

const catalogues: Readonly<Record<Locale, VerifyCatalogue>> = { en: verifyInEnglish, "zh-CN": verifyInChinese };

/** What one language says about a check. */
export function verifyWords(locale: Locale): VerifyCatalogue {
  return catalogues[locale];
}

/** Whether the till may go on selling after this was found; see `severities`. What another version found stops it. */
export function severityOf(reason: string): "stop" | "ask" | "mend" {
  return isVerifyReason(reason) ? severities[reason] : "stop";
}

/** What was found broken, in words a manager can act on. A reason of another version has the words of any damage. */
export function wordsOfBroken({ seq, reason, params = {} }: BrokenPlace, locale: Locale): ErrorWords {
  if (!isVerifyReason(reason)) return wordsOfFault({ code: "ledger.damaged", params: {} }, locale);
  const words = catalogues[locale].reasons[reason];
  const filled = { ...params, seq, ...readable(params, locale) };
  const variant = variantOf(reason, params);
  return {
    happened: fill(variant === undefined ? words.happened : catalogues[locale].variants[variant], filled),
    safe: fill(words.safe, filled),
    todo: fill(words.todo, filled),
  };
}

function isVerifyReason(reason: string): reason is VerifyReason {
  return Object.hasOwn(severities, reason);
}

function variantOf(reason: VerifyReason, params: FaultParameters): VerifyVariant | undefined {
  if (reason === "payment-state" && "statedMinor" in params) return "payment-amount";
  return reason === "running-total" && params["figure"] === "missing" ? "total-missing" : undefined;
}

/** Codes among the parameters in words, and amounts as people write them, as `stated` and `counted`. */
function readable(params: FaultParameters, locale: Locale): FaultParameters {
  const { figures, states, differences, tables } = catalogues[locale];
  const found: Record<string, string | number> = {};
  const lists = { figure: figures, from: states, to: states, what: differences, table: tables };
  for (const [name, list] of Object.entries(lists)) {
    const code = String(params[name] ?? "");
    if (Object.hasOwn(list, code)) found[name] = list[code] ?? code;
  }
  for (const name of ["stated", "counted", "difference"]) {
    const amountMinor = params[`${name}Minor`];
    if (typeof amountMinor === "number") found[name] = amountInWords(amountMinor, params["currency"], locale);
  }
  return found;
}

/** A currency that is not known has its amount in minor units: better than one of a wrong scale. */
function amountInWords(amountMinor: number, code: unknown, locale: Locale): string {
  const currency = currencySchema.safeParse(code).data;
  if (currency === undefined) return String(amountMinor);
  const digits = minorDigits(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(amountMinor / 10 ** digits);
}
