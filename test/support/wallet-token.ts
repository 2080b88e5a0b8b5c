import type { VerificationKey } from "../../sync/protocol/crypto.ts";
import { createSpendToken } from "../../sync/protocol/token.ts";
import { toHex } from "../../sync/protocol/bytes.ts";
import { createWalletCertificate } from "../../sync/protocol/wallet-certificate.ts";
import { exportPublicKey, generateSigningKey, signWithWebCrypto } from "../../sync/protocol/web-crypto.ts";

/** When the test's tokens are made: 2026-11-20T06:30:00Z. */
export const tokenTimeSeconds = 1_795_156_200;

/** A platform's issuing key and one wallet, with what a till has to know to verify the wallet's tokens. */
export type TokenWorld = {
  issuingKeys: ReadonlyMap<string, VerificationKey>;
  /** A certificate with neither limits nor a place in the status list. */
  bareCertificate(): Promise<Uint8Array>;
  /** A certificate for the wallet; what is not given is what a platform would choose. */
  certificate(changes?: Partial<Parameters<typeof createWalletCertificate>[0]>): Promise<Uint8Array>;
  /** A token of the wallet; what is not given is what a phone would choose. */
  token(changes?: Partial<Parameters<typeof createSpendToken>[0]>): Promise<string>;
};

/** Makes a world with new keys. */
export async function createTokenWorld(algorithm: "Ed25519" | "ES256" = "Ed25519"): Promise<TokenWorld> {
  const issuer = await generateSigningKey(algorithm, { extractable: false });
  const wallet = await generateSigningKey("ES256", { extractable: false });
  const walletKey = await exportPublicKey("ES256", wallet.publicKey);
  const keyId = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const publicKey = await exportPublicKey(algorithm, issuer.publicKey);
  const required = {
    sign: signWithWebCrypto(algorithm, issuer.privateKey),
    algorithm,
    keyId,
    issuer: "demo",
    walletId: Uint8Array.of(9, 9, 9, 9, 0, 0, 0, 1),
    walletKey,
    issuedAtSeconds: tokenTimeSeconds - 3600,
    expiresAtSeconds: tokenTimeSeconds + 86_400,
  };
  const certificate: TokenWorld["certificate"] = (changes) =>
    createWalletCertificate({
      ...required,
      limits: { perTokenMinor: 20_000, cumulativeMinor: 50_000, currency: "CNY", count: 5 },
      statusIndex: 4711,
      ...changes,
    });
  return {
    issuingKeys: new Map([[toHex(keyId), { algorithm, publicKey }]]),
    bareCertificate: () => createWalletCertificate(required),
    certificate,
    token: async (changes) =>
      createSpendToken({
        sign: signWithWebCrypto("ES256", wallet.privateKey),
        certificate: changes?.certificate ?? (await certificate()),
        issuedAtSeconds: tokenTimeSeconds,
        expiresAtSeconds: tokenTimeSeconds + 60,
        cti: Uint8Array.of(1, 1, 2, 3, 5, 8, 13, 21),
        counter: 7,
        ...changes,
      }),
  };
}
