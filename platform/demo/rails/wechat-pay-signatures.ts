import { createVerify, randomBytes } from "node:crypto";
import type { EmulatorRequest } from "./emulator-server.ts";
import { signText } from "./emulator.ts";

/** Who may ask, and with which key. */
export type MerchantIdentity = { merchantId: string; serial: string; publicKey: string };

const scheme = "WECHATPAY2-SHA256-RSA2048";
const skewSeconds = 300;
const maximumNonces = 10_000;

/**
 * Checks the `Authorization` of a request as WeChat Pay does: scheme, merchant, serial number, a timestamp within five minutes,
 * a nonce that was not used before, and the signature over method, path with query, timestamp, nonce and body. The time is the
 * machine's and no test's clock, because the library signs by it. Null where all is well.
 */
export class AuthorizationCheck {
  readonly #merchant: MerchantIdentity;
  readonly #nonces = new Set<string>();

  constructor(merchant: MerchantIdentity) {
    this.#merchant = merchant;
  }

  problemOf({ method, url, headers, body }: EmulatorRequest): string | null {
    const [name, rest = ""] = (headers.authorization ?? "").split(/ (.*)/s);
    if (name !== scheme) return "the scheme is not WECHATPAY2-SHA256-RSA2048";
    const fields = new Map([...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]));
    const [nonce, timestamp] = [fields.get("nonce_str") ?? "", fields.get("timestamp") ?? ""];
    if (fields.get("mchid") !== this.#merchant.merchantId) return "another merchant";
    if (fields.get("serial_no") !== this.#merchant.serial) return "another certificate";
    if (!/^\d{10}$/.test(timestamp)) return "no timestamp";
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > skewSeconds) return "the timestamp is too far off";
    if (!/^[0-9A-Za-z]{16,64}$/.test(nonce) || this.#nonces.has(nonce)) return "the nonce was used before";
    const message = `${method}\n${url.pathname}${url.search}\n${timestamp}\n${nonce}\n${body}\n`;
    const verifier = createVerify("RSA-SHA256").update(message, "utf8");
    if (!verifier.verify(this.#merchant.publicKey, fields.get("signature") ?? "", "base64")) {
      return "the signature does not hold";
    }
    this.#nonces.add(nonce);
    if (this.#nonces.size > maximumNonces) this.#nonces.delete(this.#nonces.values().next().value ?? "");
    if (headers["user-agent"] === undefined) return "no User-Agent";
    return (headers.accept ?? "").includes("application/json") ? null : "Accept does not name JSON";
  }
}

/** The headers that sign an answer. */
export function signedHeaders(body: string, keyId: string, privateKey: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString("hex");
  return {
    "Wechatpay-Nonce": nonce,
    "Wechatpay-Serial": keyId,
    "Wechatpay-Signature": signText(`${timestamp}\n${nonce}\n${body}\n`, privateKey),
    "Wechatpay-Timestamp": timestamp,
  };
}
