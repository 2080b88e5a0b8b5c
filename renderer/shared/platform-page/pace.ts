/** How often a page asks the platform, in milliseconds. */
export type Pace = {
  /** While somebody looks. */
  readonly visibleMs: number;
  /** While nobody does. */
  readonly hiddenMs: number;
  /** The longest pause while the platform does not answer and somebody looks. */
  readonly awayMostMs: number;
};

/**
 * How long to wait before the platform is asked again, in milliseconds: longer with each question that got no answer.
 * `random` (0 to 1) spreads pages that all lost the same network; 1 waits for the whole time.
 */
export function pollDelayMs(pace: Pace, state: { isVisible: boolean; misses: number }, random: number): number {
  const { visibleMs, awayMostMs } = pace;
  if (!state.isVisible) return pace.hiddenMs;
  if (state.misses === 0) return visibleMs;
  const mostMs = Math.min(awayMostMs, visibleMs * 2 ** Math.min(state.misses, 4));
  return visibleMs + random * (mostMs - visibleMs);
}
