import { createPrivateKey, createPublicKey } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlipaySdk } from "alipay-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Formatter, Hash, Rsa } from "wechatpay-axios-plugin";
import { makeRsaKeys, signText } from "../../../platform/demo/rails/emulator.ts";
import { readSignedAnswer } from "../../../platform/rails/alipay/client.ts";
import { readRailsConfiguration } from "../../../platform/rails/configuration.ts";
import {
  alipayNotice,
  alipayNoticeKey,
  alipayResponse,
  alipayResponseKey,
  wechatPaySecondVersion,
  wechatPaySourceSignature,
  wechatPayTestKey,
} from "./signing-vectors.ts";

const key = createPrivateKey(`-----BEGIN PRIVATE KEY-----${wechatPayTestKey}-----END PRIVATE KEY-----\n`);
const keyText = String(key.export({ format: "pem", type: "pkcs8" }));

test("WeChat Pay's third version: the published signature comes out, and is verified, on both sides of the wire", () => {
  expect(Rsa.sign("source", keyText)).toBe(wechatPaySourceSignature);
  expect(signText("source", keyText)).toBe(wechatPaySourceSignature);
  const publicText = String(createPublicKey(key).export({ format: "pem", type: "spki" }));
  expect(Rsa.verify("source", wechatPaySourceSignature, publicText)).toBe(true);
  expect(Rsa.verify("sourcE", wechatPaySourceSignature, publicText)).toBe(false);
});

test("what is signed is method, path with query, time, nonce and body, each with a line's end", () => {
  const path = "/v3/pay/transactions/out-trade-no/1?mchid=1900000109";
  expect(Formatter.request("GET", path, 1_554_208_460, "nonce")).toBe(`GET\n${path}\n1554208460\nnonce\n\n`);
  expect(Formatter.response(1_554_208_460, "nonce", "{}")).toBe("1554208460\nnonce\n{}\n");
});

test("WeChat Pay's second version: the official example by the library's own hashes", () => {
  const { fields, key: secret, md5, hmacSha256 } = wechatPaySecondVersion;
  expect(Hash.sign("MD5", fields, secret)).toBe(md5);
  expect(Hash.sign("HMAC-SHA256", fields, secret)).toBe(hmacSha256);
});

test("Alipay: a real answer of the gateway is read, and none whose text or signature is another", async () => {
  const { privateKey } = await makeRsaKeys();
  const sdk = new AlipaySdk({ appId: "1", privateKey, keyType: "PKCS8", alipayPublicKey: alipayResponseKey });
  const { method, text } = alipayResponse;
  expect(readSignedAnswer(sdk, method, text)).toMatchObject({ kind: "answer", fields: { code: "10000" } });
  const others = [
    text.replace("10000", "10003"),
    text.replace('"sign":"F+L', '"sign":"G+L'),
    text.replace(/,"sign":.*/, "}"),
    text.replace("alipay_open_file_upload_response", "error_response").replace("10000", "40004"),
  ];
  for (const other of others) {
    expect(readSignedAnswer(sdk, method, other)).toMatchObject({ kind: "failure", reason: "bad-signature" });
  }
  expect(readSignedAnswer(sdk, method, "<html>")).toMatchObject({ kind: "failure", reason: "not-readable" });
});

test("Alipay: the published notice verifies, and not with another amount", async () => {
  const { privateKey } = await makeRsaKeys();
  const sdk = new AlipaySdk({ appId: "1", privateKey, keyType: "PKCS8", alipayPublicKey: alipayNoticeKey });
  expect(sdk.checkNotifySign({ ...alipayNotice })).toBe(true);
  expect(sdk.checkNotifySign({ ...alipayNotice, total_amount: "9.10" })).toBe(false);
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "suanpan-rails-"));
  await mkdir(join(folder, "keys"));
  await writeFile(join(folder, "keys", "wechat.pem"), keyText);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const wechatPay = {
  merchantId: "1900000109",
  appId: "wx8888888888888888",
  serial: "AB12",
  privateKey: { file: "wechat.pem" },
  platformKeys: { PUB_KEY_ID_1: { environment: "WECHAT_PUBLIC" } },
};

async function read(settings: unknown, environment: NodeJS.ProcessEnv = {}) {
  await writeFile(join(folder, "keys", "rails.json"), JSON.stringify(settings));
  return readRailsConfiguration(folder, environment);
}

test("keys come from files and from the environment, framed or bare, and the addresses are the rails' own", async () => {
  const bare = alipayNoticeKey;
  const configuration = await read(
    { wechatPay, alipay: { appId: "2021", privateKey: { file: "wechat.pem" }, alipayPublicKey: { environment: "A" } } },
    { WECHAT_PUBLIC: alipayResponseKey, A: bare },
  );
  expect(configuration).toMatchObject({
    wechatPay: { baseUrl: "https://api.mch.weixin.qq.com/", platformKeys: { PUB_KEY_ID_1: alipayResponseKey } },
    alipay: { gateway: "https://openapi.alipay.com/gateway.do", privateKey: keyText },
  });
});

test("without a file every rail is off; a file that names what is not there stops the start without telling a key", async () => {
  expect(await readRailsConfiguration(join(folder, "elsewhere"), {})).toBeNull();
  await expect(readRailsConfiguration(folder, { SUANPAN_RAILS: join(folder, "none.json") })).rejects.toThrow(
    /which is not there/,
  );
  await expect(read({ wechatPay })).rejects.toThrow(/WECHAT_PUBLIC, which is not there/);
  const halfKey = keyText.slice(0, 200);
  await expect(read({ wechatPay }, { WECHAT_PUBLIC: halfKey })).rejects.toThrow(/holds no usable public RSA key/);
  await expect(read({ wechatPay }, { WECHAT_PUBLIC: halfKey })).rejects.not.toThrow(halfKey.slice(40, 80));
  await expect(read({ wechatPay: { ...wechatPay, serial: "a b" } })).rejects.toThrow(/wechatPay.serial/);
});
