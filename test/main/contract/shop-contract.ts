import { z } from "zod";
import { TillError } from "../../../main/contract/errors.ts";
import type { Handlers } from "../../../main/contract/methods.ts";
import type { ServeOptions } from "../../../main/contract/serve.ts";
import type { Timers } from "../../../main/contract/wire.ts";

/** A small contract that has one of each: an answer, a refusal, a bug, a call that never ends, and two roles. */
export const shopContract = {
  name: "shop",
  methods: {
    "shop.double": {
      roles: ["cashier", "manager"],
      input: z.strictObject({ amountMinor: z.int() }),
      output: z.strictObject({ amountMinor: z.int() }),
    },
    "shop.refuse": { roles: ["cashier"], input: z.strictObject({}), output: z.strictObject({}) },
    "shop.break": { roles: ["cashier"], input: z.strictObject({}), output: z.strictObject({}) },
    "shop.lie": { roles: ["cashier"], input: z.strictObject({}), output: z.strictObject({ amountMinor: z.int() }) },
    "shop.hang": { roles: ["cashier"], input: z.strictObject({}), output: z.strictObject({}) },
    "shop.close": { roles: ["manager"], input: z.strictObject({}), output: z.strictObject({}) },
  },
  snapshot: z.strictObject({ version: z.int() }),
} as const;

/** The contract of the test shop. */
export type ShopContract = typeof shopContract;

/** A shop behind the contract: what serves it, what it was asked, what was logged, and a way to change it. */
export type Shop = {
  options: ServeOptions<ShopContract>;
  asked: string[];
  logged: Parameters<ServeOptions<ShopContract>["log"]>[0][];
  change(): void;
  watchers(): number;
};

/** Makes a shop whose token is `<role>-token`. */
export function createShop(timers: Timers): Shop {
  const asked: string[] = [];
  const logged: Shop["logged"] = [];
  const watchers = new Set<(snapshot: { version: number }) => void>();
  let version = 1;
  const handlers: Handlers<ShopContract> = {
    "shop.double": ({ amountMinor }) => {
      asked.push("shop.double");
      return { amountMinor: amountMinor * 2 };
    },
    "shop.refuse": () => {
      asked.push("shop.refuse");
      throw new TillError("tender.too-little", { missingMinor: 5 });
    },
    "shop.break": () => {
      asked.push("shop.break");
      throw new RangeError("a secret of the ledger");
    },
    "shop.lie": () => {
      asked.push("shop.lie");
      return { amountMinor: 0.5 };
    },
    "shop.hang": () => {
      asked.push("shop.hang");
      return new Promise(() => {});
    },
    "shop.close": () => {
      asked.push("shop.close");
      return {};
    },
  };
  return {
    asked,
    logged,
    watchers: () => watchers.size,
    change() {
      version += 1;
      for (const watcher of watchers) watcher({ version });
    },
    options: {
      contract: shopContract,
      handlers,
      timers,
      admit({ token, session }) {
        const role = /^(cashier|manager)-(token|session)$/.exec(session ?? token ?? "")?.[1];
        return role === undefined ? null : { role, session: `${role}-session` };
      },
      watch(listener) {
        watchers.add(listener);
        return () => watchers.delete(listener);
      },
      snapshot: () => ({ version }),
      log: (event) => logged.push(event),
    },
  };
}
