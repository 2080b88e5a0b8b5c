/**
 * What each physical key types on a US layout, without and with Shift (USB HID usage tables, keyboard page, by the
 * names of `KeyboardEvent.code`). Used where an input method hides the character: scanners type as a US keyboard.
 */
const punctuation: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Backquote: ["`", "~"],
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
  Space: [" ", " "],
};
const shiftedDigits = ")!@#$%^&*(";

/** The character a US keyboard types for this physical key, or null for a key that types none. */
export function usCharacter(code: string, isShifted: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return isShifted ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) {
    return isShifted && code.startsWith("Digit") ? (shiftedDigits[Number(digit)] ?? null) : digit;
  }
  return punctuation[code]?.[isShifted ? 1 : 0] ?? null;
}
