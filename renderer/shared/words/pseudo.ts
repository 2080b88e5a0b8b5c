import { english, type WordKey } from "./en.ts";

const accents: Readonly<Record<string, string>> = {
  a: "á",
  e: "ë",
  i: "ï",
  o: "ö",
  u: "ü",
  A: "Å",
  E: "É",
  I: "Ï",
  O: "Ø",
  U: "Û",
  c: "ç",
  n: "ñ",
  y: "ý",
};

/** Accents and lengthens the text outside of braces by about a third, as German or Finnish would. */
function pseudo(message: string): string {
  let depth = 0;
  let letters = 0;
  let text = "";
  for (const character of message) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    const accented = depth === 0 ? accents[character] : undefined;
    letters += depth === 0 ? 1 : 0;
    text += accented ?? character;
    if (accented !== undefined && letters % 2 === 0) text += accented;
  }
  return message.includes(", plural,") ? message : text;
}

/** English made longer and strange: text that does not come from the catalogue, or does not fit, shows itself. */
export const pseudoWords = Object.fromEntries(
  Object.entries(english).map(([key, message]) => [key, pseudo(message)]),
) as Record<WordKey, string>;
