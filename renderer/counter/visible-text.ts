/**
 * What cannot be seen or turns the text around it: control characters, the bidirectional controls (UAX 9), invisible
 * spaces and joiners, line separators, and halves of surrogate pairs.
 */
const hiddenPattern =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** A scanned text as it can be shown: what cannot be seen in it stands there by its number, as \u{202e}. */
export function visibleText(text: string): string {
  return text.replaceAll(hiddenPattern, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
