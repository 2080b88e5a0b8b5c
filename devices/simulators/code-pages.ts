/**
 * The upper halves (80 to FF) of the single-byte tables that the simulated printer has, as the tables of the Epson
 * character code reference show them, in the order of their bytes.
 */
const pc437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";
const pc850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";
const pc858 = pc850.replace("ı", "€");

/** Tables by name. */
export const upperHalves: ReadonlyMap<string, string> = new Map([
  ["pc437", pc437],
  ["pc850", pc850],
  ["pc858", pc858],
  ["wpc1252", windowsLatin()],
]);

/** What `ESC t n` chooses on an Epson printer. */
export const epsonCodePages: ReadonlyMap<number, string> = new Map([
  [0, "pc437"],
  [2, "pc850"],
  [16, "wpc1252"],
  [19, "pc858"],
]);

function windowsLatin(): string {
  const upper = Uint8Array.from({ length: 128 }, (_value, index) => 0x80 + index);
  return new TextDecoder("windows-1252").decode(upper);
}
