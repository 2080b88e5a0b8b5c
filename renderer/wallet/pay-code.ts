import { createSpendToken } from "../../sync/protocol/token.ts";
import { signWithWebCrypto } from "../../sync/protocol/web-crypto.ts";
import type { PhoneRecord } from "./phone-keys.ts";

/** A code on the phone's screen. Times are milliseconds since 1970. */
export type PayCode = {
  readonly text: string;
  readonly shownAt: number;
  /** When the next one takes its place. */
  readonly renewAt: number;
  /** When no till takes it any more. */
  readonly expiresAt: number;
};

/** How long a code is good for, in seconds. */
const lifetimeSeconds = 60;
/** A code is replaced this long before its end, so that whoever scans the one on the screen has time to send it. */
const marginMs = 10_000;
/** A certificate that ends within this time is renewed: a phone may be out of signal for a day. */
const renewCertificateBeforeMs = 3 * 24 * 3_600_000;
const idBytes = 8;

/** Whether the wallet's certificate is still good for a code that is made now. */
export function canMakeCode(record: PhoneRecord, nowMs: number): boolean {
  return record.certificate !== undefined && (record.certificateExpiresAt ?? 0) > nowMs + lifetimeSeconds * 1000;
}

/** Whether it is time to ask the platform for a certificate. */
export function needsCertificate(record: PhoneRecord, nowMs: number): boolean {
  return record.certificate === undefined || (record.certificateExpiresAt ?? 0) - nowMs < renewCertificateBeforeMs;
}

/** How long to wait for the next code, in milliseconds; 0 where there is none to show or its time is over. */
export function untilRenewal(code: PayCode | null, nowMs: number): number {
  // A clock that was set back would leave a code on the screen for ever.
  if (code === null || nowMs < code.shownAt) return 0;
  return Math.max(0, code.renewAt - nowMs);
}

/**
 * Makes a code on the phone itself, without the platform. `record` carries the number that was reserved for it.
 * @throws RangeError where the record has no certificate.
 */
export async function makePayCode(record: PhoneRecord, nowMs: number): Promise<PayCode> {
  if (record.certificate === undefined) throw new RangeError("There is no certificate to make a code under.");
  const issuedAtSeconds = Math.floor(nowMs / 1000);
  const expiresAt = (issuedAtSeconds + lifetimeSeconds) * 1000;
  const text = await createSpendToken({
    sign: signWithWebCrypto("ES256", record.keys.privateKey),
    certificate: record.certificate,
    issuedAtSeconds,
    expiresAtSeconds: issuedAtSeconds + lifetimeSeconds,
    cti: crypto.getRandomValues(new Uint8Array(idBytes)),
    counter: record.counter,
  });
  return { text, shownAt: nowMs, renewAt: expiresAt - marginMs, expiresAt };
}
