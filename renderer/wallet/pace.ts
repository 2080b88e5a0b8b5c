const visibleMs = 2000;
const hiddenMs = 30_000;
const awayMostMs = 15_000;

/**
 * How long to wait before the platform is asked again, in milliseconds: 2 s while somebody looks, 30 s while nobody
 * does, and longer with each question that got no answer, up to 15 s. `random` (0 to 1) spreads phones that all lost
 * the same network.
 */
export function pollDelayMs(state: { isVisible: boolean; misses: number }, random: number): number {
  if (!state.isVisible) return hiddenMs;
  if (state.misses === 0) return visibleMs;
  const mostMs = Math.min(awayMostMs, visibleMs * 2 ** Math.min(state.misses, 4));
  return visibleMs + random * (mostMs - visibleMs);
}
