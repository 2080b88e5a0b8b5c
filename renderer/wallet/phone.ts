import { createStore, type StoreApi } from "zustand/vanilla";
import { toHex } from "../../sync/protocol/bytes.ts";
import { exportPublicKey } from "../../sync/protocol/web-crypto.ts";
import { PlatformRefusal } from "../shared/platform-http.ts";
import type { Pace } from "../shared/platform-page/pace.ts";
import { Poller } from "../shared/platform-page/poller.ts";
import { ChatRooms } from "../shared/chat/chat-rooms.ts";
import { arrivedMoves, withNewest, withOlder } from "./moves.ts";
import { canMakeCode, makePayCode, needsCertificate, untilRenewal } from "./pay-code.ts";
import type { PhoneRecord } from "./phone-keys.ts";
import type { PhoneParts } from "./phone-parts.ts";
import { phoneAtStart, type Owner, type PhoneActions, type PhoneState, type View } from "./phone-state.ts";
import type { DemoShopper } from "./platform-client.ts";

const pace: Pace = { visibleMs: 2000, hiddenMs: 30_000, awayMostMs: 15_000 };
/** A certificate is asked for once in a minute at most. */
const certificatePauseMs = 60_000;
/** How long a payment that has arrived stands in place of the code. */
const arrivedShownMs = 15_000;

/**
 * A shopper's phone: it asks the platform again and again for what its screen shows, makes pay codes by itself, and keeps
 * what it was told while the platform is away.
 */
export class Phone implements PhoneActions {
  readonly #parts: PhoneParts;
  readonly #rooms: ChatRooms;
  readonly #store: StoreApi<PhoneState>;
  readonly #poller: Poller;
  #view: View = { screen: "pay" };
  #renewTimer: unknown = null;
  #arrivedTimer: unknown = null;
  #isMaking = false;
  #certificateAskedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: PhoneParts) {
    this.#parts = parts;
    this.#store = createStore(() => ({ ...phoneAtStart, owner: parts.memory.owner() }));
    this.#poller = new Poller({
      parts,
      pace,
      random: parts.random,
      ask: () => this.#ask(),
      signal: () => this.#state.signal,
      onSignal: (signal) => this.#change({ signal }),
    });
    this.#rooms = new ChatRooms({
      parts,
      own: "shopper",
      session: () => this.#state.owner?.session ?? null,
      get: () => this.#state.rooms,
      set: (rooms) => this.#change({ rooms }),
      onTrouble: (error) => this.#trouble(error),
    });
  }

  readonly state = (): PhoneState => this.#state;

  readonly subscribe = (hear: () => void): (() => void) => this.#store.subscribe(hear);

  /** Begins, or begins again at once after the phone was out of sight. */
  readonly wake = (): void => {
    this.#poller.wake();
    this.#planCode();
  };

  /** Says what the screen shows: that is what is asked for first. */
  readonly show = (view: View): void => {
    this.#view = view;
    this.#planCode();
    this.#poller.poll();
  };

  readonly choose = (shopper: DemoShopper): void => {
    if (this.#state.choosing !== null) return;
    this.#change({ choosing: shopper.id, fault: null });
    void this.#openSession(shopper);
  };

  readonly leave = (): void => {
    this.#parts.memory.forget();
    this.#certificateAskedAt = Number.NEGATIVE_INFINITY;
    for (const timer of [this.#renewTimer, this.#arrivedTimer])
      if (timer !== null) this.#parts.timers.clearTimer(timer);
    const { signal, shoppers } = this.#state;
    this.#change({ ...phoneAtStart, signal, shoppers });
    this.#poller.poll();
  };

  readonly renewCode = (): void => void this.#makeCode();

  readonly dismissArrived = (): void => {
    if (this.#arrivedTimer !== null) this.#parts.timers.clearTimer(this.#arrivedTimer);
    this.#arrivedTimer = null;
    this.#change({ arrived: null });
  };

  readonly dismissFault = (): void => this.#change({ fault: null });

  readonly write = (threadId: string, text: string, about?: string): void => this.#rooms.write(threadId, text, about);

  readonly writeAgain = (threadId: string, messageId: string): void => this.#rooms.writeAgain(threadId, messageId);

  readonly olderMessages = (threadId: string): void => this.#rooms.older(threadId);

  readonly olderMoves = (): void => void this.#askOlderMoves();

  get #state(): PhoneState {
    return this.#store.getState();
  }

  #change(change: Partial<PhoneState>): void {
    this.#store.setState(change);
  }

  /** One round of questions. It ends without throwing: what went wrong is told on the screen. */
  async #ask(): Promise<void> {
    const { owner } = this.#state;
    try {
      if (owner === null) this.#change({ shoppers: await this.#parts.client.shoppers() });
      else await this.#askForOwner(owner);
      this.#poller.answered();
    } catch (error) {
      this.#trouble(error);
    }
  }

  async #askForOwner(owner: Owner): Promise<void> {
    const { client } = this.#parts;
    const before = this.#state.wallet;
    const wallet = await client.wallet(owner.session);
    if (this.#isStale(owner)) return;
    const hasMoved =
      before === null || before.lastChange !== wallet.lastChange || before.balanceMinor !== wallet.balanceMinor;
    // A receipt that has come gives its payment a chat and a number: the list is asked for again then too.
    const isNews = hasMoved || before.unread !== wallet.unread;
    if (isNews || this.#state.moves === null) await this.#askMoves(owner);
    this.#change({ wallet });
    await this.#keepCertificate(owner, wallet.walletId);
    const view = this.#view;
    if (view.screen === "chats" || isNews || this.#state.threads === null) {
      const threads = await client.threads(owner.session);
      if (!this.#isStale(owner)) this.#change({ threads });
    }
    if (view.screen === "chat" || view.screen === "return") await this.#rooms.read(view.threadId);
    this.#rooms.sendWaiting();
  }

  async #askMoves(owner: Owner): Promise<void> {
    const { moves: newest, more } = await this.#parts.client.history(owner.session);
    if (this.#isStale(owner)) return;
    const known = this.#state.moves;
    const [arrived] = arrivedMoves(known, newest);
    const moves = withNewest(known, newest);
    this.#change({ moves, ...(moves === newest ? { hasOlderMoves: more } : {}) });
    if (arrived === undefined) {
      const shown = this.#state.arrived;
      if (shown !== null) this.#change({ arrived: moves.find(({ id }) => id === shown.id) ?? shown });
      return;
    }
    this.#change({ arrived });
    if (this.#arrivedTimer !== null) this.#parts.timers.clearTimer(this.#arrivedTimer);
    this.#arrivedTimer = this.#parts.timers.setTimer(() => this.dismissArrived(), arrivedShownMs);
    // The code that was charged is worth nothing now; the next one is ready before anybody looks again.
    if (arrived.kind === "charge") await this.#makeCode();
  }

  async #askOlderMoves(): Promise<void> {
    const { owner, moves } = this.#state;
    const last = moves?.at(-1);
    if (owner === null || moves === null || last === undefined) return;
    try {
      const older = await this.#parts.client.history(owner.session, last.id);
      if (this.#isStale(owner)) return;
      this.#change({ moves: withOlder(this.#state.moves ?? [], older.moves), hasOlderMoves: older.more });
    } catch (error) {
      this.#trouble(error);
    }
  }

  async #openSession(shopper: DemoShopper): Promise<void> {
    try {
      const session = await this.#parts.client.openSession(shopper.id);
      const owner = { shopperId: shopper.id, name: shopper.name, session };
      this.#parts.memory.keepOwner(owner);
      this.#change({ owner, choosing: null });
      this.#poller.poll();
    } catch (error) {
      this.#change({ choosing: null });
      this.#trouble(error, true);
    }
  }

  async #keepCertificate(owner: Owner, walletId: string): Promise<void> {
    const record = await this.#record(walletId);
    const now = this.#parts.now();
    // A phone whose clock is wrong by days would ask with each question.
    const isAskedLately = Math.abs(now - this.#certificateAskedAt) < certificatePauseMs;
    if (record === null || !needsCertificate(record, now) || isAskedLately) {
      this.#planCode();
      return;
    }
    const publicKey = toHex(await exportPublicKey("ES256", record.keys.publicKey));
    const { certificate, expiresAt } = await this.#parts.client.certificate(owner.session, publicKey);
    this.#certificateAskedAt = now;
    try {
      await this.#parts.keys.keepCertificate(walletId, certificate, Date.parse(expiresAt));
    } catch {
      this.#change({ codePlace: { kind: "impossible", why: "no-store" } });
      return;
    }
    this.#planCode();
  }

  async #record(walletId: string): Promise<PhoneRecord | null> {
    try {
      return await this.#parts.keys.open(walletId, this.#parts.now());
    } catch {
      this.#change({ codePlace: { kind: "impossible", why: "no-store" } });
      return null;
    }
  }

  /** A code is made while somebody looks at it, and not otherwise. */
  #planCode(): void {
    if (this.#renewTimer !== null) this.#parts.timers.clearTimer(this.#renewTimer);
    this.#renewTimer = null;
    const isLookedAt = (this.#view.screen === "pay" || this.#view.screen === "code") && this.#parts.isVisible();
    if (!isLookedAt || this.#state.wallet === null) return;
    const { codePlace } = this.#state;
    const waitMs = untilRenewal(codePlace.kind === "shown" ? codePlace.code : null, this.#parts.now());
    if (waitMs === 0) void this.#makeCode();
    else this.#renewTimer = this.#parts.timers.setTimer(() => void this.#makeCode(), waitMs);
  }

  async #makeCode(): Promise<void> {
    const { owner, wallet } = this.#state;
    if (owner === null || wallet === null || this.#isMaking) return;
    this.#isMaking = true;
    try {
      const known = await this.#parts.keys.open(wallet.walletId, this.#parts.now());
      if (!canMakeCode(known, this.#parts.now())) {
        this.#change({ codePlace: { kind: "impossible", why: "no-certificate" } });
        return;
      }
      const record = await this.#parts.keys.reserve(wallet.walletId);
      const code = await makePayCode(record, this.#parts.now());
      if (!this.#isStale(owner)) this.#change({ codePlace: { kind: "shown", code } });
    } catch {
      this.#change({ codePlace: { kind: "impossible", why: "no-store" } });
    } finally {
      this.#isMaking = false;
    }
    if (this.#state.codePlace.kind === "shown") this.#planCode();
  }

  /** Whether the phone has been given to somebody else while an answer was on its way. */
  #isStale(owner: Owner): boolean {
    return this.#state.owner?.session !== owner.session;
  }

  /** Says what went wrong. The platform being away is a state, not a fault, unless somebody waits for its answer. */
  #trouble(error: unknown, isAwaited = false): void {
    if (!(error instanceof PlatformRefusal)) throw error;
    const { fault } = error;
    if (fault.kind === "away") {
      this.#poller.missedPlatform();
      if (isAwaited) this.#change({ fault });
      return;
    }
    if (fault.kind === "crowded" && !isAwaited) return;
    const isSignedOut = fault.kind === "refused" && fault.code.startsWith("auth.");
    if (isSignedOut) this.leave();
    // The platform answered, so it is there; asking on at full pace would change nothing.
    this.#poller.missed();
    this.#change({ fault, signal: { kind: "here" } });
  }
}
