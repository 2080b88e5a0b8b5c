/** One entry for each value of the byte that falls out at the top: polynomial x^16 + x^12 + x^5 + 1. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = remainder & 0x8000 ? (remainder << 1) ^ 0x1021 : remainder << 1;
  }
  return remainder & 0xffff;
});

/**
 * The checksum of bytes as EMVCo's QR codes have it (Merchant-Presented Mode 1.1, section 4.7.3): ISO/IEC 13239 with the
 * polynomial 1021 and the start FFFF, nothing reflected and nothing inverted. It finds misreadings and proves nothing.
 */
export function crc16(bytes: Uint8Array): number {
  let remainder = 0xffff;
  for (const byte of bytes) {
    remainder = ((remainder << 8) & 0xffff) ^ (table[(remainder >> 8) ^ byte] ?? 0);
  }
  return remainder;
}
