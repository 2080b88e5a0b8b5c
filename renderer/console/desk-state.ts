import type {
  NeedsYouEntry,
  OperatorPayment,
  OperatorThread,
  OverviewResponse,
  Reconciliations,
} from "../../sync/protocol/operator-api.ts";
import type { Rooms } from "../shared/chat/messages.ts";
import type { PlatformFault } from "../shared/platform-http.ts";
import type { Signal } from "../shared/platform-page/signal.ts";
import type { CodeOrder, EnrolmentCode } from "./operator-client.ts";

/** The console's parts. */
export const sections = ["overview", "tills", "payments", "bills", "needs", "chat"] as const;

/** A part of the console. */
export type Section = (typeof sections)[number];

/** What is on the console: a part of it, and in the chat the thread and what is written about. */
export type ConsoleView = {
  readonly section: Section;
  readonly threadId?: string | undefined;
  readonly about?: string | undefined;
};

/** The door: closed, being tried, or refused. */
export type Gate = { readonly isTrying: boolean; readonly refusal: "refused" | "away" | null };

/** Everything that the console shows. What is null has not been told yet; nothing told is taken away again. */
export type DeskState = {
  readonly isOpen: boolean;
  readonly gate: Gate;
  readonly signal: Signal;
  readonly overview: OverviewResponse | null;
  readonly payments: readonly OperatorPayment[] | null;
  readonly hasOlderPayments: boolean;
  readonly needs: { readonly count: number; readonly entries: readonly NeedsYouEntry[] } | null;
  readonly bills: Reconciliations | null;
  readonly threads: readonly OperatorThread[] | null;
  readonly rooms: Rooms;
  readonly code: EnrolmentCode | null;
  readonly isMakingCode: boolean;
  readonly fault: PlatformFault | null;
};

/** What can be done on the console. */
export type DeskActions = {
  open(token: string): void;
  leave(): void;
  olderPayments(): void;
  makeCode(order: CodeOrder): void;
  write(threadId: string, text: string, about?: string): void;
  /** Sends a message again that was not sent, under the same id, so that it stands once. */
  writeAgain(threadId: string, messageId: string): void;
  olderMessages(threadId: string): void;
  dismissFault(): void;
};

/** A console that nobody has opened. */
export const deskAtStart: DeskState = {
  isOpen: false,
  gate: { isTrying: false, refusal: null },
  signal: { kind: "reaching" },
  overview: null,
  payments: null,
  hasOlderPayments: false,
  needs: null,
  bills: null,
  threads: null,
  rooms: {},
  code: null,
  isMakingCode: false,
  fault: null,
};
