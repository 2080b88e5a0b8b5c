import type { OperatorPayment } from "../../sync/protocol/operator-api.ts";

/** The most charges that the console holds; older ones stay at the platform. */
const mostPayments = 2000;

/**
 * Puts the newest charges to those that are known, each once and the newest first: a state that has changed replaces what
 * was known. Where the newest have nothing in common with what is known, charges between them are missing, and the list
 * begins anew.
 */
export function withNewestPayments(
  known: readonly OperatorPayment[] | null,
  newest: readonly OperatorPayment[],
): readonly OperatorPayment[] {
  const positions = new Set(newest.map(({ position }) => position));
  if (known === null || !known.some(({ position }) => positions.has(position))) return newest;
  return mergePayments(known, newest);
}

/** Puts older charges to those that are known, each once and the newest first. */
export function mergePayments(
  known: readonly OperatorPayment[],
  others: readonly OperatorPayment[],
): readonly OperatorPayment[] {
  const byPosition = new Map([...known, ...others].map((payment) => [payment.position, payment]));
  return [...byPosition.values()].sort((one, other) => other.position - one.position).slice(0, mostPayments);
}
