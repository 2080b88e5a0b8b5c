import fc from "fast-check";
import { expect, test } from "vitest";
import { formatEnrolmentCode, parseEnrolmentCode } from "../../../sync/protocol/enrolment-code.ts";

const characters = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const code = fc.record({
  secret: characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, 32),
  rootHash: characters("0123456789abcdef", 64, 64),
});

test("what an operator printed, a till reads, also with the spaces that a paste brings along", () => {
  fc.assert(
    fc.property(code, (made) => {
      expect(parseEnrolmentCode(formatEnrolmentCode(made))).toEqual(made);
      expect(parseEnrolmentCode(`  ${formatEnrolmentCode(made)}\n`)).toEqual(made);
    }),
  );
});

test("a slip of the keyboard is told apart from a refusal: a cut or longer code is no code", () => {
  fc.assert(
    fc.property(code, fc.nat(), (made, at) => {
      const text = formatEnrolmentCode(made);
      const place = at % text.length;
      const cut = parseEnrolmentCode(text.slice(0, place) + text.slice(place + 1));
      // Only the secret's length is open; a character less in the root's hash, the prefix or the points is seen.
      expect(cut === null || cut.rootHash === made.rootHash).toBe(true);
      expect(parseEnrolmentCode(`${text}0`)).toBe(null);
    }),
  );
  for (const wrong of ["", "SE1", "SE2.AAAAAAAAAAAAAAAA.", `SE1.${"a".repeat(16)}.${"0".repeat(64)}`, "\u0000"]) {
    expect(parseEnrolmentCode(wrong)).toBe(null);
  }
});
