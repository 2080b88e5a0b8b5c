import type { Timers } from "../../../main/contract/wire.ts";
import { pageTimers } from "../page-timers.ts";

/** What a page of the platform needs of its browser; handed in so that tests need not wait. */
export type PageParts = {
  /** Milliseconds since 1970. */
  now(): number;
  newId(): string;
  isVisible(): boolean;
  readonly timers: Timers;
};

/** The parts of a window. */
export function pageParts(page: Window): PageParts {
  return {
    now: Date.now,
    newId: () => crypto.randomUUID(),
    isVisible: () => page.document.visibilityState === "visible",
    timers: pageTimers(page),
  };
}

/** Tells when it is worth asking at once: the page is seen again, or the network is back. */
export function onReturn(page: Window, wake: () => void): void {
  page.document.addEventListener("visibilitychange", () => {
    if (page.document.visibilityState === "visible") wake();
  });
  page.addEventListener("online", wake);
}
