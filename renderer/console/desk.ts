import { createStore, type StoreApi } from "zustand/vanilla";
import { ChatRooms, type OutgoingMemory } from "../shared/chat/chat-rooms.ts";
import { PlatformRefusal } from "../shared/platform-http.ts";
import type { Pace } from "../shared/platform-page/pace.ts";
import type { PageParts } from "../shared/platform-page/page-parts.ts";
import { Poller } from "../shared/platform-page/poller.ts";
import { deskAtStart, type ConsoleView, type DeskActions, type DeskState } from "./desk-state.ts";
import type { CodeOrder, OperatorClient } from "./operator-client.ts";
import { mergePayments, withNewestPayments } from "./payments.ts";

/** What a console stands on. */
export type DeskParts = PageParts & {
  readonly client: OperatorClient;
  readonly memory: OutgoingMemory & { token(): string | null; keepToken(token: string): void; forget(): void };
};

const pace: Pace = { visibleMs: 4000, hiddenMs: 60_000, awayMostMs: 30_000 };

/**
 * The operator's console: it asks the platform again and again for what is shown, and keeps what it was told while the
 * platform is away.
 */
export class Desk implements DeskActions {
  readonly #parts: DeskParts;
  readonly #rooms: ChatRooms;
  readonly #store: StoreApi<DeskState>;
  readonly #poller: Poller;
  #token: string | null;
  #view: ConsoleView = { section: "overview" };

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#token = parts.memory.token();
    this.#store = createStore(() => ({ ...deskAtStart, isOpen: this.#token !== null }));
    this.#poller = new Poller({
      parts,
      pace,
      // There are few consoles, so they need not be spread.
      random: () => 1,
      ask: () => (this.#token === null ? null : this.#ask(this.#token)),
      signal: () => this.#state.signal,
      onSignal: (signal) => this.#change({ signal }),
    });
    this.#rooms = new ChatRooms({
      parts,
      own: "operator",
      session: () => this.#token,
      get: () => this.#state.rooms,
      set: (rooms) => this.#change({ rooms }),
      onTrouble: (error) => this.#trouble(error),
    });
  }

  readonly state = (): DeskState => this.#state;

  readonly subscribe = (hear: () => void): (() => void) => this.#store.subscribe(hear);

  /** Begins again at once after the page was out of sight. */
  readonly wake = (): void => this.#poller.wake();

  /** Says what is shown: that is what is asked for. */
  readonly show = (view: ConsoleView): void => {
    this.#view = view;
    this.#poller.poll();
  };

  readonly open = (token: string): void => {
    const trimmed = token.trim();
    if (trimmed === "" || this.#state.gate.isTrying) return;
    this.#change({ gate: { isTrying: true, refusal: null } });
    void this.#try(trimmed);
  };

  readonly leave = (): void => {
    this.#parts.memory.forget();
    this.#token = null;
    this.#poller.rest();
    this.#change(deskAtStart);
  };

  readonly olderPayments = (): void =>
    this.#do(async (token) => {
      const last = this.#state.payments?.at(-1);
      if (last === undefined) return;
      const older = await this.#parts.client.payments(token, last.position);
      this.#change({
        payments: mergePayments(this.#state.payments ?? [], older.payments),
        hasOlderPayments: older.more,
      });
    });

  readonly makeCode = (order: CodeOrder): void => {
    if (this.#state.isMakingCode) return;
    this.#change({ isMakingCode: true, code: null });
    this.#do(async (token) => {
      try {
        this.#change({ code: await this.#parts.client.makeCode(token, order) });
      } finally {
        this.#change({ isMakingCode: false });
      }
    });
  };

  readonly write = (threadId: string, text: string, about?: string): void => this.#rooms.write(threadId, text, about);

  readonly writeAgain = (threadId: string, messageId: string): void => this.#rooms.writeAgain(threadId, messageId);

  readonly olderMessages = (threadId: string): void => this.#rooms.older(threadId);

  readonly dismissFault = (): void => this.#change({ fault: null });

  get #state(): DeskState {
    return this.#store.getState();
  }

  #change(change: Partial<DeskState>): void {
    this.#store.setState(change);
  }

  async #try(token: string): Promise<void> {
    try {
      const overview = await this.#parts.client.overview(token);
      this.#token = token;
      this.#parts.memory.keepToken(token);
      this.#change({ ...deskAtStart, isOpen: true, overview, signal: { kind: "here" } });
      this.#poller.poll();
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      const isRefused = error.fault.kind === "refused";
      this.#change({ gate: { isTrying: false, refusal: isRefused ? "refused" : "away" } });
    }
  }

  /** Does something that somebody waits for; what is refused is told. */
  #do(act: (token: string) => Promise<void>): void {
    const token = this.#token;
    if (token === null) return;
    act(token).catch((error: unknown) => {
      this.#trouble(error);
      if (error instanceof PlatformRefusal) this.#change({ fault: error.fault });
    });
  }

  /** One round of questions. It ends without throwing: what went wrong is told on the page. */
  async #ask(token: string): Promise<void> {
    const { client } = this.#parts;
    try {
      const [overview, needs, bills, threads] = await Promise.all([
        client.overview(token),
        client.needsYou(token),
        client.reconciliations(token),
        client.threads(token),
      ]);
      if (token !== this.#token) return;
      this.#change({ overview, needs, bills, threads });
      if (this.#view.section === "payments") await this.#askPayments(token);
      if (this.#view.section === "chat" && this.#view.threadId !== undefined)
        await this.#rooms.read(this.#view.threadId);
      this.#rooms.sendWaiting();
      this.#poller.answered();
    } catch (error) {
      this.#trouble(error);
    }
  }

  async #askPayments(token: string): Promise<void> {
    const newest = await this.#parts.client.payments(token);
    if (token !== this.#token) return;
    const payments = withNewestPayments(this.#state.payments, newest.payments);
    this.#change({ payments, ...(payments === newest.payments ? { hasOlderPayments: newest.more } : {}) });
  }

  /** Says what went wrong. The platform being away is a state, not a fault. */
  #trouble(error: unknown): void {
    if (!(error instanceof PlatformRefusal)) throw error;
    const { fault } = error;
    if (fault.kind === "away") {
      this.#poller.missedPlatform();
      return;
    }
    this.#poller.missed();
    if (fault.kind === "crowded") return;
    if (fault.kind === "refused" && fault.code.startsWith("auth.")) {
      this.leave();
      this.#change({ gate: { isTrying: false, refusal: "refused" } });
      return;
    }
    this.#change({ fault, signal: { kind: "here" } });
  }
}
