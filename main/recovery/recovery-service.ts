import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { recoveryContract, type RecoveryContract, type RecoveryView } from "../contract/recovery.ts";
import type { Handlers } from "../contract/methods.ts";
import type { ServeOptions } from "../contract/serve.ts";
import type { Locale } from "../contract/snapshot.ts";
import type { Timers } from "../contract/wire.ts";
import { zoneTime } from "../ledger/time.ts";
import { createWireLog } from "../wire-log.ts";
import type { Recovery } from "./recovery.ts";
import type { TillFacts } from "./start-recovery.ts";

/** What the service is made of. */
export type RecoveryServiceParts = { recovery: Recovery; till: TillFacts; timers: Timers; log: Logger };

/** Windows are told how far reading has come this often at most. */
const tellMs = 250;

/** Serves a till in recovery to its windows and to tools, each in its role. */
export function recoveryService(parts: RecoveryServiceParts): Omit<ServeOptions<RecoveryContract>, "admit"> {
  const { recovery, till, timers, log } = parts;
  const run = randomUUID();
  const clock = zoneTime(till.zone);
  const listeners = new Set<(view: RecoveryView) => void>();
  let version = 1;
  let locale: Locale = "en";
  let told = recovery.stand;
  let timer: unknown;

  function view(): RecoveryView {
    const { state, fault, lastError, nextTryAt, taken, canApprove, recovered } = recovery.stand;
    return {
      run,
      version,
      audience: "staff",
      state,
      locale,
      ...(till.number === undefined ? {} : { tillNumber: till.number }),
      ...(till.store === undefined ? {} : { store: till.store }),
      zone: till.zone,
      fault,
      ...(lastError === undefined ? {} : { lastError }),
      ...(nextTryAt === undefined ? {} : { nextTryAt: clock.format(nextTryAt) }),
      taken,
      canApprove,
      ...(recovered === undefined ? {} : { recovered }),
    };
  }

  function tell(): void {
    timers.clearTimer(timer);
    timer = undefined;
    told = recovery.stand;
    version += 1;
    const newest = view();
    for (const listener of listeners) listener(newest);
  }

  recovery.watch(() => {
    if (recovery.stand.state !== told.state) tell();
    else timer ??= timers.setTimer(tell, tellMs);
  });

  const handlers: Handlers<RecoveryContract> = {
    "recovery.try-now": () => {
      void recovery.tryNow();
      return {};
    },
    "recovery.approve": async ({ pin }) => {
      await recovery.approve(pin);
      return {};
    },
    "recovery.set-locale": (chosen) => {
      ({ locale } = chosen);
      tell();
      return {};
    },
  };

  return {
    contract: recoveryContract,
    handlers,
    timers,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: view,
    view: viewFor,
    log: createWireLog(log),
  };
}

/** A shopper is told that the till is closed, and nothing of what is missing. */
function viewFor(view: RecoveryView, role: string): RecoveryView {
  if (role !== "kiosk" && role !== "customer") return view;
  const { fault: _fault, lastError: _lastError, ...shown } = view;
  return { ...shown, audience: role, taken: 0 };
}
