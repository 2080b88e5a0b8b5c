/** How waiting times grow: full jitter between the least and a ceiling that doubles with each failure. */
export type BackoffOptions = { leastMs: number; mostMs: number; random(): number };

/**
 * How long to wait after this many failures in a row. Full jitter spreads a whole chain's tills after an outage; what
 * the server asks for is never undercut.
 */
export function backoffDelayMs(failures: number, options: BackoffOptions, retryAfterMs = 0): number {
  const ceilingMs = Math.min(options.mostMs, options.leastMs * 2 ** Math.min(failures, 30));
  const delayMs = options.leastMs + options.random() * Math.max(0, ceilingMs - options.leastMs);
  return Math.round(Math.max(delayMs, retryAfterMs > 0 ? retryAfterMs + options.random() * options.leastMs : 0));
}
