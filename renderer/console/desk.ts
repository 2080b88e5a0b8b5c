import { ChatRooms, type OutgoingMemory } from "../shared/chat/chat-rooms.ts";
import { PlatformRefusal } from "../shared/platform-http.ts";
import { deskAtStart, type ConsoleView, type DeskActions, type DeskState } from "./desk-state.ts";
import type { OperatorClient } from "./operator-client.ts";
import { mergePayments, withNewestPayments } from "./payments.ts";

/** What a console stands on. */
export type DeskParts = {
  readonly client: OperatorClient;
  readonly memory: OutgoingMemory & { token(): string | null; keepToken(token: string): void; forget(): void };
  now(): number;
  newId(): string;
  isVisible(): boolean;
  timers: { set(act: () => void, ms: number): number; clear(timer: number): void };
};

const visibleMs = 4000;
const hiddenMs = 60_000;
const awayMostMs = 30_000;

/**
 * The operator's console: it asks the platform again and again for what is shown, and keeps what it was told while the
 * platform is away.
 */
export class Desk implements DeskActions {
  readonly #parts: DeskParts;
  readonly #rooms: ChatRooms;
  readonly #hearers = new Set<() => void>();
  #state: DeskState = deskAtStart;
  #token: string | null;
  #view: ConsoleView = { section: "overview" };
  #timer: number | null = null;
  #isPolling = false;
  #pollAgain = false;
  #misses = 0;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#token = parts.memory.token();
    this.#state = { ...deskAtStart, isOpen: this.#token !== null };
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

  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  };

  /** Begins again at once after the page was out of sight. */
  readonly wake = (): void => {
    this.#misses = 0;
    this.#poll();
  };

  /** Says what is shown: that is what is asked for. */
  readonly show = (view: ConsoleView): void => {
    this.#view = view;
    this.#poll();
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
    if (this.#timer !== null) this.#parts.timers.clear(this.#timer);
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

  readonly makeCode = (storeId: string | undefined): void => {
    if (this.#state.isMakingCode) return;
    this.#change({ isMakingCode: true, code: null });
    this.#do(async (token) => {
      try {
        this.#change({ code: await this.#parts.client.makeCode(token, storeId) });
      } finally {
        this.#change({ isMakingCode: false });
      }
    });
  };

  readonly write = (threadId: string, text: string, about?: string): void => this.#rooms.write(threadId, text, about);

  readonly writeAgain = (threadId: string, messageId: string): void => this.#rooms.writeAgain(threadId, messageId);

  readonly olderMessages = (threadId: string): void => this.#rooms.older(threadId);

  readonly dismissFault = (): void => this.#change({ fault: null });

  #change(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change };
    for (const hear of this.#hearers) hear();
  }

  async #try(token: string): Promise<void> {
    try {
      const overview = await this.#parts.client.overview(token);
      this.#token = token;
      this.#parts.memory.keepToken(token);
      this.#change({ ...deskAtStart, isOpen: true, overview, signal: { kind: "here" } });
      this.#poll();
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

  #poll(): void {
    if (this.#isPolling) {
      this.#pollAgain = true;
      return;
    }
    if (this.#timer !== null) this.#parts.timers.clear(this.#timer);
    this.#timer = null;
    const token = this.#token;
    if (token === null) return;
    this.#isPolling = true;
    void this.#ask(token).finally(() => {
      this.#isPolling = false;
      const again = this.#pollAgain;
      this.#pollAgain = false;
      this.#timer = this.#parts.timers.set(() => this.#poll(), again ? 0 : this.#delayMs());
    });
  }

  #delayMs(): number {
    if (!this.#parts.isVisible()) return hiddenMs;
    return Math.min(awayMostMs, visibleMs * 2 ** Math.min(this.#misses, 3));
  }

  /** One round of questions. It ends without throwing: what went wrong is told on the page. */
  async #ask(token: string): Promise<void> {
    const { client } = this.#parts;
    try {
      const [overview, needs, threads] = await Promise.all([
        client.overview(token),
        client.needsYou(token),
        client.threads(token),
      ]);
      if (token !== this.#token) return;
      this.#change({ overview, needs, threads });
      if (this.#view.section === "payments") await this.#askPayments(token);
      if (this.#view.section === "chat" && this.#view.threadId !== undefined)
        await this.#rooms.read(this.#view.threadId);
      this.#rooms.sendWaiting();
      this.#misses = 0;
      if (this.#state.signal.kind !== "here") this.#change({ signal: { kind: "here" } });
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
    this.#misses += 1;
    if (fault.kind === "away") {
      if (this.#state.signal.kind !== "away") this.#change({ signal: { kind: "away", since: this.#parts.now() } });
      return;
    }
    if (fault.kind === "crowded") return;
    if (fault.kind === "refused" && fault.code.startsWith("auth.")) {
      this.leave();
      this.#change({ gate: { isTrying: false, refusal: "refused" } });
      return;
    }
    this.#change({ fault, signal: { kind: "here" } });
  }
}
