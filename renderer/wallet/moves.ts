import type { WalletMove } from "../../sync/protocol/wallet-api.ts";

/** The most moves that the phone holds; older ones stay at the platform. */
const mostMoves = 1000;

/**
 * What has been paid or given back since the moves that are known, the newest first. Before anything is known nothing is
 * new: a phone that is switched on does not announce old payments.
 */
export function arrivedMoves(
  known: readonly WalletMove[] | null,
  newest: readonly WalletMove[],
): readonly WalletMove[] {
  if (known === null) return [];
  const ids = new Set(known.map(({ id }) => id));
  return newest.filter(({ id, kind }) => !ids.has(id) && kind !== "top-up");
}

/** Newer moves before those that are known, each once. */
export function withNewest(known: readonly WalletMove[] | null, newest: readonly WalletMove[]): readonly WalletMove[] {
  const ids = new Set(newest.map(({ id }) => id));
  const rest = (known ?? []).filter(({ id }) => !ids.has(id));
  // Where the newest page has none of those that are known, moves between them are missing; the list begins anew.
  return (known ?? []).some(({ id }) => ids.has(id)) ? [...newest, ...rest].slice(0, mostMoves) : newest;
}

/** Older moves behind those that are known, each once. */
export function withOlder(known: readonly WalletMove[], older: readonly WalletMove[]): readonly WalletMove[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...older.filter(({ id }) => !ids.has(id))].slice(0, mostMoves);
}
