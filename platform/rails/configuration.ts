import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { z } from "zod";
import { StartError } from "../start-error.ts";
import type { RailTimings } from "./timings.ts";

/** What WeChat Pay needs of a direct merchant. Keys are PEM texts. */
export type WechatPayConfiguration = {
  merchantId: string;
  appId: string;
  /** The serial number of the merchant's certificate. */
  serial: string;
  privateKey: string;
  /** WeChat Pay's public keys or certificates by their ids or serial numbers: what its answers are verified with. */
  platformKeys: Readonly<Record<string, string>>;
  baseUrl: string;
  /** The address of the machine that sends, for `scene_info.device_ip`. */
  deviceIp: string;
  /** Other times than the documented ones, for tests. */
  timings?: RailTimings;
};

/** What Alipay needs of an application with a public key. Keys are PEM texts. */
export type AlipayConfiguration = {
  appId: string;
  privateKey: string;
  /** Alipay's public key, which its answers are verified with. */
  alipayPublicKey: string;
  gateway: string;
  /** Other times than the documented ones, for tests. */
  timings?: RailTimings;
};

/** The rails that are switched on, each with its keys. */
export type RailsConfiguration = { wechatPay?: WechatPayConfiguration; alipay?: AlipayConfiguration };

const keySchema = z.union([
  z.strictObject({ file: z.string().min(1).max(1024) }),
  z.strictObject({ environment: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/) }),
]);

const identifier = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/);

const fileSchema = z.strictObject({
  wechatPay: z
    .strictObject({
      merchantId: identifier,
      appId: identifier,
      serial: identifier,
      privateKey: keySchema,
      platformKeys: z.record(identifier, keySchema),
      baseUrl: z.url().default("https://api.mch.weixin.qq.com/"),
      deviceIp: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1"),
    })
    .optional(),
  alipay: z
    .strictObject({
      appId: identifier,
      privateKey: keySchema,
      alipayPublicKey: keySchema,
      gateway: z.url().default("https://openapi.alipay.com/gateway.do"),
    })
    .optional(),
});

type KeySource = z.infer<typeof keySchema>;

/**
 * Reads the rails' settings: `SUANPAN_RAILS` names the file, otherwise it is `keys/rails.json` in the data folder; without one
 * every rail is off. The file names no key but where each is: a file, relative to it, or a variable of the environment.
 * @throws StartError when the file or a key is not usable. It never repeats a key.
 */
export async function readRailsConfiguration(
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<RailsConfiguration | null> {
  const named = environment["SUANPAN_RAILS"] ?? "";
  const file = resolve(named === "" ? join(folder, "keys", "rails.json") : named);
  const text = await readIfThere(file);
  if (text === null) {
    if (named !== "") throw new StartError(`SUANPAN_RAILS names ${file}, which is not there.`);
    return null;
  }
  const settings = parse(text, file);
  const readKey = (source: KeySource, kind: KeyKind): Promise<string> => keyText(source, kind, file, environment);
  const { wechatPay, alipay } = settings;
  const configuration: RailsConfiguration = {};
  if (wechatPay !== undefined) {
    const platformKeys: Record<string, string> = {};
    for (const [id, source] of Object.entries(wechatPay.platformKeys)) {
      platformKeys[id] = await readKey(source, "public");
    }
    if (Object.keys(platformKeys).length === 0) throw new StartError(`${file} names no public key of WeChat Pay.`);
    const privateKey = await readKey(wechatPay.privateKey, "private");
    configuration.wechatPay = { ...wechatPay, privateKey, platformKeys };
  }
  if (alipay !== undefined) {
    const privateKey = await readKey(alipay.privateKey, "private");
    const alipayPublicKey = await readKey(alipay.alipayPublicKey, "public");
    configuration.alipay = { ...alipay, privateKey, alipayPublicKey };
  }
  return configuration;
}

type KeyKind = "private" | "public";

function parse(text: string, file: string): z.infer<typeof fileSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StartError(`${file} is not JSON.`, error);
  }
  const read = fileSchema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new StartError(`${file} cannot be used: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}.`);
}

async function keyText(
  source: KeySource,
  kind: KeyKind,
  file: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const where = "file" in source ? resolve(dirname(file), source.file) : `the variable ${source.environment}`;
  const text = "file" in source ? await readIfThere(where) : (environment[source.environment] ?? null);
  if (text === null) throw new StartError(`${file} names ${where}, which is not there.`);
  return usableKey(text, kind, where);
}

/** The key as PEM: PKCS #8 or SPKI. The rails' own pages give keys out as bare base64, which is taken as well. */
function usableKey(text: string, kind: KeyKind, where: string): string {
  const body = text.trim();
  const label = kind === "private" ? "PRIVATE KEY" : "PUBLIC KEY";
  const pem = body.startsWith("-----") ? body : `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
  try {
    const key = kind === "private" ? createPrivateKey(pem) : createPublicKey(pem);
    if (key.asymmetricKeyType !== "rsa") throw new Error("not RSA");
    return String(key.export({ format: "pem", type: kind === "private" ? "pkcs8" : "spki" }));
  } catch {
    // The cause is left out: it may quote what it could not read.
    throw new StartError(`${where} holds no usable ${kind} RSA key.`);
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new StartError(`${file} cannot be read.`, error);
  }
}
