/** When this tab last loaded itself anew, in milliseconds since 1970. */
const storageName = "suanpan.loaded-anew";

/** A till whose pages do not fit what it serves is not asked for them in a storm. */
const pauseMs = 5_000;

/** What of a window is needed for it. */
export type LoadedWindow = {
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
  readonly location: { reload(): void };
  setTimeout(action: () => void, delayMs: number): unknown;
};

/** Loads a page anew: at once, and no more often than every five seconds. */
export function loadAnew(page: LoadedWindow, now: () => number = Date.now): void {
  const sinceMs = now() - Number(page.sessionStorage.getItem(storageName) ?? 0);
  // A clock that was put back says nothing about when it was.
  const isRecent = sinceMs >= 0 && sinceMs < pauseMs;
  const load = () => {
    page.sessionStorage.setItem(storageName, String(now()));
    page.location.reload();
  };
  page.setTimeout(load, isRecent ? pauseMs - sinceMs : 0);
}
