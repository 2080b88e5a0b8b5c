import type { Names } from "../../sync/protocol/entry-types.ts";
import type { Wallet, WalletMove, WalletThread } from "../../sync/protocol/wallet-api.ts";
import type { Rooms } from "../shared/chat/messages.ts";
import type { PlatformFault } from "../shared/platform-http.ts";
import type { Signal } from "../shared/platform-page/signal.ts";
import type { PayCode } from "./pay-code.ts";
import type { DemoShopper } from "./platform-client.ts";

/** What is on the phone's screen. */
export type View =
  | { readonly screen: "pay" }
  | { readonly screen: "code" }
  | { readonly screen: "chats" }
  | { readonly screen: "chat"; readonly threadId: string; readonly about?: string | undefined }
  | { readonly screen: "return"; readonly threadId: string; readonly messageId: string }
  | { readonly screen: "history" }
  | { readonly screen: "settings" };

/** Whose phone this is. */
export type Owner = { readonly shopperId: string; readonly name: Names; readonly session: string };

/**
 * The place of the pay code. `no-certificate`: the platform has to be reached once before this phone can make codes.
 * `no-store`: the browser keeps nothing for this page, so that no key can be kept.
 */
export type CodePlace =
  | { readonly kind: "making" }
  | { readonly kind: "shown"; readonly code: PayCode }
  | { readonly kind: "impossible"; readonly why: "no-certificate" | "no-store" };

/** Everything that the phone's screens show. What is null has not been told yet; nothing told is taken away again. */
export type PhoneState = {
  readonly signal: Signal;
  readonly shoppers: readonly DemoShopper[] | null;
  /** The shopper whose phone is being opened. */
  readonly choosing: string | null;
  readonly owner: Owner | null;
  readonly wallet: Wallet | null;
  readonly codePlace: CodePlace;
  /** A payment or a repayment that has just been seen. */
  readonly arrived: WalletMove | null;
  readonly threads: readonly WalletThread[] | null;
  readonly rooms: Rooms;
  readonly moves: readonly WalletMove[] | null;
  readonly hasOlderMoves: boolean;
  /** What was refused last. */
  readonly fault: PlatformFault | null;
};

/** What can be done on the phone. */
export type PhoneActions = {
  choose(shopper: DemoShopper): void;
  /** Gives the phone to somebody else. */
  leave(): void;
  /** Makes the next code now. */
  renewCode(): void;
  dismissArrived(): void;
  dismissFault(): void;
  /** Sends a message. */
  write(threadId: string, text: string, about?: string): void;
  /** Sends one again that was not sent, under the same id, so that it stands once. */
  writeAgain(threadId: string, messageId: string): void;
  olderMessages(threadId: string): void;
  olderMoves(): void;
};

/** A phone that nobody has opened. */
export const phoneAtStart: PhoneState = {
  signal: { kind: "reaching" },
  shoppers: null,
  choosing: null,
  owner: null,
  wallet: null,
  codePlace: { kind: "making" },
  arrived: null,
  threads: null,
  rooms: {},
  moves: null,
  hasOlderMoves: false,
  fault: null,
};
