import { minorOfDecimal } from "./decimal-amount.ts";
import { unknown, type Recognition } from "./recognition.ts";

/** Where a payment goes: a name of the payee's choice at a bank's handle. */
const payeeGrammar = /^[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9.-]{1,63}$/;

const amountGrammar = /^\d{1,10}(?:\.\d{1,2})?$/;

/** What has a form where it is there: merchant category, reference, mode. */
const optional: Readonly<Record<string, RegExp>> = {
  mc: /^\d{4}$/,
  tr: /^[^\p{C}]{1,35}$/u,
  mode: /^\d{2}$/,
  am: amountGrammar,
  cu: /^INR$/,
};

/**
 * A link that asks for a payment by UPI (NPCI's linking specification 1.6): payee and payee's name, amounts in rupees. It is
 * the payee's side: a till is never paid by one. Null where the text is no such link.
 */
export function recogniseUpi(text: string): Recognition | null {
  if (!/^upi:\/\/pay\?/i.test(text)) return null;
  const parameters = readParameters(text.slice(text.indexOf("?") + 1));
  const payee = parameters?.get("pa");
  const payeeName = parameters?.get("pn");
  if (parameters === null || payee === undefined || !payeeGrammar.test(payee)) return unknown(text, "merchant-code");
  if (payeeName === undefined || !/^[^\p{C}]{1,99}$/u.test(payeeName)) return unknown(text, "merchant-code");
  for (const [name, form] of Object.entries(optional)) {
    const value = parameters.get(name);
    if (value !== undefined && !form.test(value)) return unknown(text, "merchant-code");
  }
  const amountMinor = minorOfDecimal(parameters.get("am") ?? "", 2);
  const reference = parameters.get("tr");
  return {
    kind: "upi",
    fields: {
      payee,
      payeeName,
      ...(amountMinor === null ? {} : { amountMinor }),
      currency: "INR",
      ...(reference === undefined ? {} : { reference }),
    },
    reason: null,
  };
}

/** Parameters by name, each once; null where one is not encoded as a link has to be. */
function readParameters(query: string): ReadonlyMap<string, string> | null {
  const parameters = new Map<string, string>();
  for (const part of query.split("&")) {
    const match = /^([A-Za-z]{1,32})=(\S*)$/.exec(part.replaceAll(" ", "%20"));
    const value = match === null ? null : decoded(match[2] ?? "");
    if (match?.[1] === undefined || value === null || parameters.has(match[1])) return null;
    parameters.set(match[1], value);
  }
  return parameters;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
