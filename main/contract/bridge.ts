import type { Wire } from "./wire.ts";

/**
 * What the Electron shell puts into a page as `window.suanpan`, and nothing else. Under the Node host it is absent and a
 * page opens a WebSocket to `/wire`.
 */
export type Bridge = {
  /**
   * Opens a new wire to the till, which knows the window's role by itself: `hello` needs no token. It is closed when the
   * till is not there; the page then tries again after a while.
   */
  openWire(): Wire;
};
