import { useEffect, useRef } from "react";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import { useAppearance } from "../shared/appearance.ts";
import { playSound, type SoundName } from "../shared/sounds.ts";
import { useSnapshot } from "./till.tsx";
import { useView } from "./view.ts";

/** What changed between two snapshots, as the one sound it makes: money before notices before goods. */
function soundOf(before: Snapshot, after: Snapshot): SoundName | null {
  if (before.run !== after.run) return null;
  const wasUnknown = before.payment?.state === "unknown";
  const isUnknown = after.payment?.state === "unknown";
  if (after.outcome !== undefined && before.outcome?.saleId !== after.outcome.saleId) return "paid";
  if (wasUnknown !== isUnknown) return "unknown-outcome";
  if (after.notice !== undefined && after.notice.id !== before.notice?.id) {
    if (after.notice.tone === "info") return null;
    return after.notice.tone;
  }
  const isSame = before.basket.saleId === after.basket.saleId;
  return after.basket.addedCount > (isSame ? before.basket.addedCount : 0) ? "accepted" : null;
}

/** Sounds each addition, notice and outcome once. What was there when the page opened stays silent. */
export function usePageSounds(): void {
  const snapshot = useSnapshot();
  const last = useRef(snapshot);
  useEffect(() => {
    const sound = soundOf(last.current, snapshot);
    last.current = snapshot;
    if (sound !== null) playSound(sound, useAppearance.getState().loudness);
  }, [snapshot]);

  const message = useView((view) => view.message);
  useEffect(() => {
    if (message !== null && message.kind !== "reason") playSound("blocked", useAppearance.getState().loudness);
  }, [message]);
}
