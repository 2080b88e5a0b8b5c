import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { Decorator } from "wechatpay-axios-plugin";
import { z } from "zod";
import type { WechatPayConfiguration } from "../configuration.ts";
import type { UnknownReason } from "../rail.ts";
import { railTimings } from "../timings.ts";
import { maximumAnswerBytes, maximumBillBytes, transportFailure } from "../transport.ts";

/** An answer whose signature holds, or why there is none. `sent` is false where nothing can have reached WeChat Pay. */
export type WechatPayAnswer =
  | { kind: "answer"; status: number; body: unknown }
  | { kind: "failure"; sent: boolean; reason: UnknownReason; detail: string };

/** WeChat Pay's third version over HTTP. */
export type WechatPayClient = {
  call(request: {
    method: "GET" | "POST";
    path: string;
    body?: object;
    query?: Record<string, string>;
    withinMs: number;
  }): Promise<WechatPayAnswer>;
  /** The file that an answer named, whole, where its SHA-1 is the one that the signed answer gave. */
  download(url: string, sha1: string): Promise<Buffer | { reason: UnknownReason; detail: string }>;
};

/** What is used of the plugin's axios, whose types are those of another module system than ours. */
type Requester = { request(request: object): Promise<{ status: number; data: unknown }> };

/** What the plugin says of an answer that is not signed by WeChat Pay, or at another time. */
const signatureFailures = /^EV3_RES_/;
const bufferSchema = z.instanceof(Uint8Array);

/**
 * A client with the merchant's keys. Every answer has to be signed, those that refuse too: WeChat Pay signs what it answers as
 * soon as it has verified the request ("how to verify signatures" of its third version). So an unsigned refusal says nothing.
 */
export function createWechatPayClient(configuration: WechatPayConfiguration): WechatPayClient {
  const { merchantId, serial, privateKey, platformKeys, baseUrl, timings } = configuration;
  const client: Requester = new Decorator({
    mchid: merchantId,
    serial,
    privateKey,
    certs: { ...platformKeys },
    baseURL: baseUrl,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: maximumAnswerBytes,
    maxBodyLength: maximumAnswerBytes,
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
    // The plugin verifies what passes this. All of it shall be verified.
    validateStatus: () => true,
  }).v3;

  return {
    call: async ({ method, path, body, query, withinMs }) => {
      const request = {
        method,
        url: path,
        signal: AbortSignal.timeout(withinMs),
        ...(body === undefined ? {} : { data: body }),
        ...(query === undefined ? {} : { params: query }),
      };
      try {
        const answer = await client.request(request);
        return { kind: "answer", status: answer.status, body: answer.data };
      } catch (error) {
        return failure(error);
      }
    },
    download: async (url, sha1) => {
      const { pathname, searchParams } = new URL(url, baseUrl);
      try {
        // The address of the answer is followed at our own base only, whatever host it names.
        const answer = await client.request({
          method: "GET",
          // The plugin leaves this one path unverified; the signature is over the question for it.
          url: pathname,
          params: Object.fromEntries(searchParams),
          responseType: "arraybuffer",
          maxContentLength: maximumBillBytes,
          signal: AbortSignal.timeout((timings ?? railTimings["wechat-pay"]).callMs.other * 6),
        });
        if (answer.status !== 200) return { reason: "refused", detail: `status ${answer.status}` };
        const bytes = Buffer.from(bufferSchema.parse(answer.data));
        if (createHash("sha1").update(bytes).digest("hex") === sha1.toLowerCase()) return bytes;
        return { reason: "bad-signature", detail: "the file is not the one that was named" };
      } catch (error) {
        return failure(error);
      }
    },
  };
}

function failure(error: unknown): Extract<WechatPayAnswer, { kind: "failure" }> {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string" && signatureFailures.test(code)) {
    return { kind: "failure", sent: true, reason: "bad-signature", detail: code };
  }
  return { kind: "failure", ...transportFailure(error) };
}
