/** What a number is typed as: how many decimals it may have and how many digits before them. */
export type EntryRules = { readonly decimals: number; readonly wholeDigits: number };

/** A key of the number pad. */
export type EntryKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "00" | "." | "back" | "clear";

/** What stands in the read-out after a key. A key that would break the rules changes nothing. */
export function typeInto(entry: string, key: EntryKey, rules: EntryRules): string {
  if (key === "clear") return "";
  if (key === "back") return entry.slice(0, -1);
  if (key === ".") return rules.decimals === 0 || entry.includes(".") ? entry : `${entry === "" ? "0" : entry}.`;
  if (key === "00") return typeInto(typeInto(entry, "0", rules), "0", rules);
  const [whole = "", decimals] = entry.split(".");
  if (decimals !== undefined) return decimals.length < rules.decimals ? entry + key : entry;
  if (whole === "0") return key;
  return whole.length < rules.wholeDigits ? entry + key : entry;
}

/** Whether a key was refused because the read-out is full, so that the page can say so. */
export function isBeyond(entry: string, key: EntryKey, rules: EntryRules): boolean {
  if (key === "00") return isBeyond(entry, "0", rules) || isBeyond(typeInto(entry, "0", rules), "0", rules);
  if (!/^\d$/.test(key) || typeInto(entry, key, rules) !== entry) return false;
  return key !== "0" || entry !== "0";
}

/** The typed number with a mark between its thousands, as amounts are read: 1234.5 is 1,234.5. */
export function withThousands(entry: string): string {
  const [whole = "", ...rest] = entry.split(".");
  return [whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ","), ...rest].join(".");
}

/** The typed number in its smallest units (0.842 with three decimals is 842), without a float; nothing typed is 0. */
export function unitsOf(entry: string, decimals: number): number {
  const [whole = "", fraction = ""] = entry.split(".");
  const digits = (whole === "" ? "0" : whole) + fraction.padEnd(decimals, "0").slice(0, decimals);
  return Number(digits);
}

/** The key of the pad that a key of the keyboard stands for, or null. */
export function entryKeyOf(key: string): EntryKey | null {
  if (/^\d$/.test(key)) return key as EntryKey;
  if (key === "." || key === "," || key === "Decimal") return ".";
  if (key === "Backspace") return "back";
  if (key === "Delete") return "clear";
  return null;
}
