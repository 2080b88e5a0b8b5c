/** Fen as yuan with two decimals: 1234 is `12.34`. No fraction is ever reckoned with. */
export function yuanText(amountMinor: number): string {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 0) throw new RangeError(`${amountMinor} is no amount of fen`);
  const digits = String(amountMinor).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Yuan as fen, or null where the text is no amount: at most two decimals, no sign but a minus. */
export function readYuan(text: string): number | null {
  const parts = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (parts === null) return null;
  const [, sign = "", whole = "", fraction = ""] = parts;
  const minor = Number(whole + fraction.padEnd(2, "0"));
  if (!Number.isSafeInteger(minor)) return null;
  return sign === "-" && minor !== 0 ? -minor : minor;
}
