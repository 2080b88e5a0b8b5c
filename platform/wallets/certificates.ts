import type { z } from "zod";
import type { certificateResponseSchema } from "../../sync/protocol/wallet-api.ts";
import { uncompressPoint } from "../../sync/protocol/p256-point.ts";
import { createWalletCertificate } from "../../sync/protocol/wallet-certificate.ts";
import { PlatformError } from "../http/errors.ts";
import type { PlatformKeys } from "../keys.ts";
import { signWithNode } from "./sign.ts";
import type { Wallet } from "./wallets.ts";

const lifeSeconds = 7 * 24 * 3600;
const issuer = "suanpan-demo";

/**
 * A certificate of seven days over a phone's key, a compressed P-256 point in hexadecimal.
 * @throws PlatformError `request.invalid` when it is no point of the curve: nothing it signs could ever be verified.
 */
export async function issueCertificate(
  keys: PlatformKeys,
  wallet: Wallet,
  publicKey: string,
  nowMs: number,
): Promise<z.infer<typeof certificateResponseSchema>> {
  const walletKey = Buffer.from(publicKey, "hex");
  if (uncompressPoint(walletKey) === null) {
    throw new PlatformError("request.invalid", "publicKey: this is no point of P-256");
  }
  const issuedAtSeconds = Math.floor(nowMs / 1000);
  const expiresAtSeconds = issuedAtSeconds + lifeSeconds;
  const certificate = await createWalletCertificate({
    sign: signWithNode(keys.issuing.privateKey),
    algorithm: "Ed25519",
    keyId: Buffer.from(keys.issuing.keyId, "hex"),
    issuer,
    walletId: Buffer.from(wallet.id, "hex"),
    walletKey,
    issuedAtSeconds,
    expiresAtSeconds,
  });
  return {
    certificate: Buffer.from(certificate).toString("hex"),
    walletId: wallet.id,
    expiresAt: new Date(expiresAtSeconds * 1000).toISOString(),
    currency: wallet.currency,
  };
}
