import type { ServeOptions } from "../contract/serve.ts";
import type { Contract } from "../contract/methods.ts";
import type { TillEnd } from "../manager/leaving.ts";
import { recoveryService } from "../recovery/recovery-service.ts";
import { RecoveryNeeded } from "../recovery/start-recovery.ts";
import { systemTimers } from "../system-timers.ts";
import { openTill, type TillOptions } from "../till.ts";
import type { Picture } from "./pages.ts";
import { recoveryPage } from "./served-pages.ts";
import { openService, type Service } from "./service.ts";

/** Decides what a window's `hello` is worth. */
type Admit = ServeOptions<Contract>["admit"];

/** What a host serves: a till that sells, or one that waits for its ledger; what answers, and how it is put away. */
export type HostedTill = {
  /** Opens a service on it; each has wires of its own. */
  serve(admit: Admit): Service;
  picture(hash: string): Picture | null | Promise<Picture | null>;
  /** The page that is shown at the address of every page of this till, where it is not the one of that name. */
  instead?: typeof recoveryPage;
  /** Resolves when the till ends by its own will. */
  ended?: Promise<TillEnd>;
  close(): Promise<void>;
};

/** Long enough for the answer to whoever let the shop open to leave the process before it ends. */
const answerFirstMs = 1_000;

/**
 * Opens the till of a data folder for a host. Where its ledger has to wait for the platform or a manager, that is what is
 * served: when the ledger is in order, the process is to end and to be started again.
 * @throws TillError as `openTill` does.
 */
export async function openHostedTill(options: TillOptions): Promise<HostedTill> {
  try {
    const { service, picture, ended, close } = await openTill(options);
    return { serve: (admit) => openService({ ...service, admit }), picture, ended, close };
  } catch (error) {
    if (!(error instanceof RecoveryNeeded)) throw error;
    return waitingTill(error, options);
  }
}

function waitingTill({ recovery, till }: RecoveryNeeded, { log }: TillOptions): HostedTill {
  const service = recoveryService({ recovery, till, timers: systemTimers, log });
  return {
    serve: (admit) => openService({ ...service, admit }),
    // There are no goods on its page.
    picture: () => null,
    instead: recoveryPage,
    ended: recovery.done.then((recovered) => {
      log.warn({ recovered: recovered.kind }, "the ledger was put in order");
      return new Promise((resolve) => systemTimers.setTimer(() => resolve("recovered"), answerFirstMs));
    }),
    close: () => recovery.stop(),
  };
}
