import type { DeclineCode } from "../../sync/protocol/api.ts";
import type { VerificationKey } from "../../sync/protocol/crypto.ts";
import { ProtocolError } from "../../sync/protocol/protocol-error.ts";
import { verifySpendToken, type VerifiedSpendToken } from "../../sync/protocol/token.ts";
import { verifyWithWebCrypto } from "../../sync/protocol/web-crypto.ts";
import type { IssuingList } from "../keys.ts";

/** What a token proves, or why it proves nothing. */
export type TokenReading = { token: VerifiedSpendToken } | { declined: DeclineCode };

/** How wrong a phone's clock may be. Phones keep network time; more would let a code live on after it says it is too old. */
const skewSeconds = 20;

/** The issuing keys of the list as the protocol's verifier wants them. */
export function verificationKeys(list: IssuingList): ReadonlyMap<string, VerificationKey> {
  return new Map(
    list.keys.map(({ keyId, publicKey }) => [
      keyId,
      { algorithm: "Ed25519" as const, publicKey: Buffer.from(publicKey, "hex") },
    ]),
  );
}

/** Verifies a token by the platform's clock. A token that is bound to a till's nonce belongs to another way of paying. */
export async function readToken(
  text: string,
  issuingKeys: ReadonlyMap<string, VerificationKey>,
  nowMs: number,
): Promise<TokenReading> {
  try {
    const nowSeconds = Math.floor(nowMs / 1000);
    return {
      token: await verifySpendToken(text, { verify: verifyWithWebCrypto, issuingKeys, nowSeconds, skewSeconds }),
    };
  } catch (error) {
    if (error instanceof ProtocolError) return { declined: declineCode(error.code) };
    throw error;
  }
}

function declineCode(code: string): DeclineCode {
  if (code === "token.expired" || code === "token.certificate-expired") return "token.expired";
  return code === "token.not-yet-valid" ? code : "token.invalid";
}
