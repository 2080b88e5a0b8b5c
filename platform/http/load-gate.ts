/** Lets a bounded number of requests in, and tells the others when to come back. */
export type LoadGate = {
  /** Takes a place, or gives the seconds after which to ask again. */
  enter(): { entered: true } | { entered: false; retryAfterSeconds: number };
  /** Gives the place back. */
  leave(): void;
};

const windowMs = 10_000;
const longestPauseSeconds = 120;

/**
 * A gate for `capacity` requests at a time. Those who are sent away get a time drawn evenly over what the backlog takes
 * at the pace of the last seconds, so that a rush of tills after an outage comes back spread out instead of at once.
 */
export function createLoadGate(capacity: number, nowMs: () => number, random: () => number): LoadGate {
  let inside = 0;
  let windowStartMs = nowMs();
  let served = 0;
  let refused = 0;
  let servedBefore = 0;
  let refusedBefore = 0;

  function turnWindow(): void {
    const now = nowMs();
    if (now - windowStartMs < windowMs) return;
    const stale = now - windowStartMs >= 2 * windowMs;
    servedBefore = stale ? 0 : served;
    refusedBefore = stale ? 0 : refused;
    served = 0;
    refused = 0;
    windowStartMs = now;
  }

  return {
    enter: () => {
      turnWindow();
      if (inside < capacity) {
        inside += 1;
        return { entered: true };
      }
      refused += 1;
      const servedPerSecond = Math.max(1, (served + servedBefore) / (windowMs / 1000));
      const backlogSeconds = (inside + refused + refusedBefore) / servedPerSecond;
      const spreadSeconds = Math.min(longestPauseSeconds, Math.max(2, backlogSeconds));
      return { entered: false, retryAfterSeconds: 1 + Math.floor(random() * spreadSeconds) };
    },
    leave: () => {
      inside -= 1;
      served += 1;
    },
  };
}
