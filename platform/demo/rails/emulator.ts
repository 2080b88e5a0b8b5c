import { createSign, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { RailBehaviour } from "../../../sync/protocol/demo-rails.ts";
import { faultOf, type RailFault, type RailStep } from "./behaviour.ts";
import type { Order, OrderBook } from "./order-book.ts";

/** What an emulator shows to whoever plays with it: the shopper's phone, and what happens next. */
export type RailEmulator = {
  url: string;
  /** What a shopper has at this rail, or null without a wallet. */
  balanceOf(shopperId: string): number | null;
  /** The code that the shopper's phone shows. */
  issueCode(shopperId: string): { code: string; expiresAtMs: number };
  /** How the next payment goes; the one after it is paid at once again. */
  choose(behaviour: RailBehaviour): void;
  chosen(): RailBehaviour;
  /** Fails the next call of a step. Several are played one after the other. */
  failNext(fault: RailFault): void;
  /** The orders that wait for their shopper's password. */
  waiting(): Order[];
  answer(orderNumber: string, confirms: boolean): boolean;
  /** How an order stands, without a question being counted. */
  order(orderNumber: string): Order | null;
  /** How often a step was asked for, also where it was failed. */
  calls(step: RailStep): number;
  close(): Promise<void>;
};

/** What happens next at a rail. */
export class Script {
  #behaviour: RailBehaviour = "at-once";
  readonly #faults: RailFault[] = [];
  readonly #calls = new Map<RailStep, number>();

  choose(behaviour: RailBehaviour): void {
    this.#behaviour = behaviour;
  }

  chosen(): RailBehaviour {
    return this.#behaviour;
  }

  failNext(fault: RailFault): void {
    this.#faults.push(fault);
  }

  calls(step: RailStep): number {
    return this.#calls.get(step) ?? 0;
  }

  /** The behaviour for this payment; the next one is an ordinary one. */
  takeBehaviour(): RailBehaviour {
    const behaviour = this.#behaviour;
    this.#behaviour = "at-once";
    return behaviour;
  }

  /** The fault that this call runs into, or null. */
  takeFault(step: RailStep, behaviour: RailBehaviour): RailFault | null {
    this.#calls.set(step, this.calls(step) + 1);
    const place = this.#faults.findIndex((fault) => fault.step === step);
    if (place >= 0) return this.#faults.splice(place, 1)[0] ?? null;
    const fault = faultOf(behaviour);
    return fault?.step === step ? fault : null;
  }
}

/** The part of an emulator that is the same for every rail. */
export function phoneOf(book: OrderBook, script: Script): Omit<RailEmulator, "url" | "close"> {
  return {
    balanceOf: (shopperId) => book.balanceOf(shopperId),
    issueCode: (shopperId) => book.issueCode(shopperId),
    choose: (behaviour) => script.choose(behaviour),
    chosen: () => script.chosen(),
    failNext: (fault) => script.failNext(fault),
    waiting: () => book.waiting(),
    answer: (orderNumber, confirms) => book.answer(orderNumber, confirms),
    order: (orderNumber) => book.find(orderNumber),
    calls: (step) => script.calls(step),
  };
}

const makeKeyPair = promisify(generateKeyPair);

/** A key pair as PEM texts, PKCS #8 and SPKI. */
export type KeyTexts = { privateKey: string; publicKey: string };

/** A new RSA key pair of 2,048 bits, as both rails ask for. */
export async function makeRsaKeys(): Promise<KeyTexts> {
  const { privateKey, publicKey } = await makeKeyPair("rsa", { modulusLength: 2048 });
  return {
    privateKey: String(privateKey.export({ format: "pem", type: "pkcs8" })),
    publicKey: String(publicKey.export({ format: "pem", type: "spki" })),
  };
}

/** SHA-256 with RSA over a text, base64. */
export function signText(text: string, privateKey: string): string {
  return createSign("RSA-SHA256").update(text, "utf8").sign(privateKey, "base64");
}
