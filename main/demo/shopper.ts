import { randomBytes } from "node:crypto";
import axios from "axios";
import { z } from "zod";
import { categorySchema, itemSchema } from "../../sync/protocol/change.ts";
import { fromHex, toHex } from "../../sync/protocol/bytes.ts";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import { createSpendToken } from "../../sync/protocol/token.ts";
import {
  exportPublicKey,
  generateSigningKey,
  signWithWebCrypto,
  type SigningKeyPair,
} from "../../sync/protocol/web-crypto.ts";

/** How long a pay code is good for, in seconds: long enough to walk up to a till, short enough to be of no other use. */
const payCodeLifetimeSeconds = 60;

const shopperSchema = z.object({ id: z.string(), name: namesSchema, balanceMinor: z.int() });
const shoppersSchema = z.object({ shoppers: z.array(shopperSchema) });
const certificateSchema = z.object({ certificate: z.string(), walletId: z.string() });
const shelfSchema = z.object({ categories: z.array(categorySchema), goods: z.array(itemSchema) });

const demoShopSchema = z.object({ pin: z.string().regex(/^\d{4,8}$/) });

/** A shopper of the demo shop, as the platform has them. */
export type DemoShopper = z.infer<typeof shopperSchema>;

/** What stands on the demo shop's shelves. */
export type DemoShelf = z.infer<typeof shelfSchema>;

/** A code on a shopper's phone. */
export type PayCode = { shopperId: string; text: string; expiresAt: number };

type Phone = { keys: SigningKeyPair; certificate: Uint8Array; counter: number };

/**
 * The phones of the demo's shoppers. Each has a wallet key of its own, made here and never sent, and a certificate from
 * the platform; pay codes are made from them alone, as a phone without signal would.
 */
export class DemoPhones {
  readonly #http;
  readonly #now: () => number;
  readonly #phones = new Map<string, Promise<Phone>>();

  constructor(platformUrl: string, now: () => number) {
    this.#http = axios.create({ baseURL: platformUrl, timeout: 10_000, proxy: false });
    this.#now = now;
  }

  /** The shoppers with what is in their wallets now. */
  async shoppers(): Promise<DemoShopper[]> {
    return shoppersSchema.parse((await this.#http.get("/v1/demo/shoppers")).data).shoppers;
  }

  /** The goods that can be held under the scanner. */
  async shelf(): Promise<DemoShelf> {
    return shelfSchema.parse((await this.#http.get("/v1/demo/goods")).data);
  }

  /** The PIN of the demo's people, to be shown: it guards nothing. Empty where the platform does not tell one. */
  async demoPin(): Promise<string> {
    const answer = await this.#http.get<unknown>("/v1/demo/shop", {
      validateStatus: (status) => status === 200 || status === 404,
    });
    return answer.status === 404 ? "" : demoShopSchema.parse(answer.data).pin;
  }

  /** A picture of a good, by its content hash. */
  async picture(hash: string): Promise<{ type: string; bytes: Uint8Array }> {
    const answer = await this.#http.get<ArrayBuffer>(`/v1/pictures/${hash}`, { responseType: "arraybuffer" });
    return { type: String(answer.headers["content-type"]), bytes: new Uint8Array(answer.data) };
  }

  /** A fresh pay code. Each has a number of its own and can be charged once. */
  async payCode(shopperId: string): Promise<PayCode> {
    const phone = await this.#phone(shopperId);
    phone.counter += 1;
    const issuedAtSeconds = Math.floor(this.#now() / 1000);
    const expiresAtSeconds = issuedAtSeconds + payCodeLifetimeSeconds;
    const text = await createSpendToken({
      sign: signWithWebCrypto("ES256", phone.keys.privateKey),
      certificate: phone.certificate,
      issuedAtSeconds,
      expiresAtSeconds,
      cti: new Uint8Array(randomBytes(8)),
      counter: phone.counter,
    });
    return { shopperId, text, expiresAt: expiresAtSeconds * 1000 };
  }

  #phone(shopperId: string): Promise<Phone> {
    const known = this.#phones.get(shopperId);
    if (known !== undefined) return known;
    const made = this.#makePhone(shopperId).catch((error: unknown) => {
      // A phone that could not be set up is tried again the next time, not remembered as broken.
      this.#phones.delete(shopperId);
      throw error;
    });
    this.#phones.set(shopperId, made);
    return made;
  }

  async #makePhone(shopperId: string): Promise<Phone> {
    const keys = await generateSigningKey("ES256", { extractable: false });
    const publicKey = toHex(await exportPublicKey("ES256", keys.publicKey));
    const answer = await this.#http.post(`/v1/demo/shoppers/${encodeURIComponent(shopperId)}/certificates`, {
      publicKey,
    });
    const { certificate } = certificateSchema.parse(answer.data);
    return { keys, certificate: fromHex(certificate), counter: 0 };
  }
}
