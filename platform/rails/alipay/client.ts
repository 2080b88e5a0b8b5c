import http from "node:http";
import https from "node:https";
import { AlipaySdk } from "alipay-sdk";
import axios from "axios";
import { z } from "zod";
import { chinaTime } from "../china-time.ts";
import type { AlipayConfiguration } from "../configuration.ts";
import type { UnknownReason } from "../rail.ts";
import { maximumAnswerBytes, maximumBillBytes, transportFailure } from "../transport.ts";

/** What every answer of the gateway has; the method's own fields stand beside it. */
const answerSchema = z.looseObject({
  code: z.string().max(16),
  msg: z.string().optional(),
  sub_code: z.string().max(128).optional(),
});

/** The fields of an answer. */
export type AlipayFields = z.infer<typeof answerSchema>;

/** An answer whose signature holds, or why there is none. `sent` is false where nothing can have reached Alipay. */
export type AlipayAnswer =
  | { kind: "answer"; fields: AlipayFields }
  | { kind: "failure"; sent: boolean; reason: UnknownReason; detail: string };

/** Alipay's gateway. */
export type AlipayClient = {
  call(method: string, content: object, withinMs: number): Promise<AlipayAnswer>;
  /** A file that a signed answer named. */
  download(url: string, withinMs: number): Promise<Buffer | { reason: UnknownReason; detail: string }>;
};

/**
 * A client with the application's keys. The SDK signs and verifies (RSA2). The request itself goes out here, because the SDK
 * has no bound for an answer's length; the times of a request are China's, whatever zone the machine is in.
 */
export function createAlipayClient(configuration: AlipayConfiguration): AlipayClient {
  const { appId, privateKey, alipayPublicKey, gateway } = configuration;
  const sdk = new AlipaySdk({ appId, privateKey, alipayPublicKey, gateway, keyType: "PKCS8", signType: "RSA2" });
  const client = axios.create({
    proxy: false,
    maxRedirects: 0,
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
    validateStatus: () => true,
  });

  return {
    call: async (method, content, withinMs) => {
      const body = sdk.sdkExecute(method, { bizContent: content, timestamp: chinaTime(new Date()), format: "JSON" });
      try {
        const answer = await client.post<string>(gateway, body, {
          headers: { "content-type": "application/x-www-form-urlencoded;charset=utf-8", accept: "application/json" },
          responseType: "text",
          transformResponse: (text: string) => text,
          maxContentLength: maximumAnswerBytes,
          signal: AbortSignal.timeout(withinMs),
        });
        if (answer.status !== 200) return notUsable("system-error", `status ${answer.status}`);
        return readSignedAnswer(sdk, method, answer.data);
      } catch (error) {
        return { kind: "failure", ...transportFailure(error) };
      }
    },
    download: async (url, withinMs) => {
      const address = billAddress(url, gateway);
      if (address === null) return { reason: "refused", detail: "the bill is at an address that is none of Alipay's" };
      try {
        const answer = await client.get<ArrayBuffer>(address, {
          responseType: "arraybuffer",
          maxContentLength: maximumBillBytes,
          signal: AbortSignal.timeout(withinMs),
        });
        if (answer.status !== 200) return { reason: "refused", detail: `status ${answer.status}` };
        return Buffer.from(answer.data);
      } catch (error) {
        return transportFailure(error);
      }
    },
  };
}

/**
 * The answer as its signature covers it. What is used is read from the very text that was verified, so that no two readings
 * of the whole can differ.
 */
export function readSignedAnswer(
  sdk: Pick<AlipaySdk, "getSignStr" | "checkResponseSign">,
  method: string,
  text: string,
): AlipayAnswer {
  const own = `${method.replaceAll(".", "_")}_response`;
  const read = z.record(z.string(), z.unknown()).safeParse(parse(text));
  if (!read.success) return notUsable("not-readable", "not JSON");
  const key = own in read.data ? own : "error_response";
  const signature = read.data["sign"];
  if (typeof signature !== "string") return notUsable("bad-signature", "not signed");
  const signed = sdk.getSignStr(text, key);
  try {
    sdk.checkResponseSign(text, key, signature, "");
  } catch {
    // What the SDK throws quotes the whole answer, which is nothing for a log.
    return notUsable("bad-signature", "the signature does not hold");
  }
  const fields = answerSchema.safeParse(parse(signed));
  return fields.success ? { kind: "answer", fields: fields.data } : notUsable("not-readable", "not an answer");
}

/** The address of a bill: at Alipay's own hosts, or at the gateway's where that is another one. */
function billAddress(url: string, gateway: string): string | null {
  if (!URL.canParse(url)) return null;
  const address = new URL(url);
  const own = new URL(gateway);
  if (address.host === own.host) return new URL(`${address.pathname}${address.search}`, own).href;
  if (!/(^|\.)(alipay|alipayobjects)\.com$/.test(address.hostname)) return null;
  address.protocol = "https:";
  return address.href;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notUsable(reason: UnknownReason, detail: string): Extract<AlipayAnswer, { kind: "failure" }> {
  return { kind: "failure", sent: true, reason, detail };
}
