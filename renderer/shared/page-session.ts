import { loadAnew } from "./load-anew.ts";
import { pageTimers } from "./page-timers.ts";
import { openSession, type Session } from "./session.ts";
import { webSocketWire } from "./web-socket-wire.ts";
import type { Bridge } from "../../main/contract/bridge.ts";
import type { Contract } from "../../main/contract/methods.ts";

declare global {
  // An interface of the DOM can only be added to as one.
  interface Window {
    readonly suanpan?: Bridge;
  }
}

const storageName = "suanpan.session";

/** Takes the page token out of the address, so that it is neither seen, kept in the history nor sent on. */
function takePageToken(page: Window): string | null {
  const fragment = new URLSearchParams(page.location.hash.slice(1));
  const token = fragment.get("token");
  if (token === null) return null;
  fragment.delete("token");
  const rest = fragment.toString();
  page.history.replaceState(null, "", page.location.pathname + page.location.search + (rest === "" ? "" : `#${rest}`));
  return token;
}

/** Opens this page's line: through the desktop shell where there is one, over a WebSocket otherwise. */
export function openPageSession<C extends Contract>(page: Window, contract: C): Session<C> {
  const bridge = page.suanpan;
  return openSession({
    contract,
    openWire: () => (bridge === undefined ? webSocketWire(page.location) : bridge.openWire()),
    timers: pageTimers(page),
    token: takePageToken(page),
    kept: {
      read: () => page.sessionStorage.getItem(storageName),
      write(session) {
        if (session === null) page.sessionStorage.removeItem(storageName);
        else page.sessionStorage.setItem(storageName, session);
      },
    },
    loadAnew: () => loadAnew(page),
    random: Math.random,
  });
}
