import { once } from "node:events";
import { WebSocket } from "ws";
import { connect, type Connection } from "../contract/connect.ts";
import type { Contract, SnapshotOf } from "../contract/methods.ts";
import { webSocketWire } from "../host/web-socket-wire.ts";
import { systemTimers } from "../system-timers.ts";

/** Nothing that a shop does takes longer than this, a slow printer included. */
const patienceMs = 30_000;

/** A window without a page: it speaks to a host as a page does, and waits for what a person would wait to see. */
export type Window<C extends Contract> = {
  call: Connection<C>["call"];
  /** The newest snapshot. */
  snapshot(): SnapshotOf<C>;
  /**
   * Resolves with the first snapshot, this one included, of which the condition holds.
   * @throws Error that names what was waited for, when it does not come.
   */
  until(what: string, condition: (snapshot: SnapshotOf<C>) => boolean): Promise<SnapshotOf<C>>;
  close(): void;
};

/** Opens a window on a page's printed address, `http://host:port/page/#token=…`. */
export async function openWindow<C extends Contract>(contract: C, address: string): Promise<Window<C>> {
  const { host, origin, hash } = new URL(address);
  const socket = new WebSocket(`ws://${host}/wire`, { origin });
  await once(socket, "open");
  const waiters = new Set<() => void>();
  const first = Promise.withResolvers<void>();
  let newest: SnapshotOf<C> | undefined;
  const connection = connect({
    contract,
    wire: webSocketWire(socket),
    timers: systemTimers,
    hello: { token: hash.replace("#token=", "") },
    onSnapshot(snapshot) {
      newest = snapshot;
      first.resolve();
      for (const wake of waiters) wake();
    },
    onClosed: (fault) => first.reject(new Error(`The window was closed: ${fault?.code ?? "by the till"}`)),
  });
  await first.promise;

  function snapshot(): SnapshotOf<C> {
    if (newest === undefined) throw new Error("No snapshot has come");
    return newest;
  }

  function until(what: string, condition: (snapshot: SnapshotOf<C>) => boolean): Promise<SnapshotOf<C>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`Waited in vain for ${what}`))), patienceMs);
      function end(settle: () => void): void {
        clearTimeout(timer);
        waiters.delete(look);
        settle();
      }
      function look(): void {
        const now = snapshot();
        if (condition(now)) end(() => resolve(now));
      }
      waiters.add(look);
      look();
    });
  }

  return { call: connection.call, snapshot, until, close: connection.close };
}
