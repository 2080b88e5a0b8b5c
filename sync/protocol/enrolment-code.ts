import { hashSchema } from "./entry.ts";

/** What an enrolment code says: the secret that the platform knows, and the root key that the till is to trust. */
export type EnrolmentCode = { secret: string; rootHash: string };

/** The text that an operator reads out or prints: `SE1.<secret>.<SHA-256 of the platform's root key>`. */
export function formatEnrolmentCode(code: EnrolmentCode): string {
  return `SE1.${code.secret}.${code.rootHash}`;
}

/** Reads an enrolment code, or gives null where it is none: a typing slip has to be told apart from a refusal. */
export function parseEnrolmentCode(text: string): EnrolmentCode | null {
  const match = /^SE1\.([A-Z2-7]{16,32})\.([0-9a-f]{64})$/.exec(text.trim());
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { secret: match[1], rootHash: hashSchema.parse(match[2]) };
}
