import type { TestPlatform } from "./test-platform.ts";
import { ask, jsonPost, type Answer } from "./test-till.ts";

/** Somebody who asks with a bearer: a shopper's phone, or the operator's console. */
export type Asker = {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
};

/** Asks with this bearer. */
export function asker(platform: TestPlatform, bearer: string): Asker {
  const headers = { authorization: `Bearer ${bearer}` };
  return {
    get: (path) => ask(platform.url + path, { headers }),
    post: (path, body) => ask(platform.url + path, jsonPost(body, headers)),
  };
}

/** A new session of one of the demo's shoppers. */
export async function openTestSession(platform: TestPlatform, shopperId: string): Promise<string> {
  const { body } = await ask(`${platform.url}/v1/demo/shoppers/${shopperId}/sessions`, jsonPost({}));
  return String(body["session"]);
}

/** The phone of one of the demo's shoppers, signed in. */
export async function makePhone(platform: TestPlatform, shopperId: string): Promise<Asker> {
  return asker(platform, await openTestSession(platform, shopperId));
}

/** The platform's operator. */
export function makeOperator(platform: TestPlatform): Asker {
  return asker(platform, platform.operatorToken);
}
