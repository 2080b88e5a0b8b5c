import { useEffect, useRef } from "react";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import { useAppearance } from "../shared/appearance.ts";
import { playSound, type SoundName } from "../shared/sounds.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { useView } from "./view.ts";

/** What changed between two snapshots, as the one sound it makes: money before notices before goods. */
function soundOf(before: Snapshot, after: Snapshot): SoundName | null {
  if (before.run !== after.run) return null;
  if (after.outcome !== undefined && before.outcome?.saleId !== after.outcome.saleId) return "paid";
  if ((before.payment?.state === "unknown") !== (after.payment?.state === "unknown")) return "unknown-outcome";
  if (after.notice !== undefined && after.notice.id !== before.notice?.id) {
    const { tone, fault } = after.notice;
    // Weighed goods are no mistake: the pad for their weight opens.
    return tone === "info" || fault.code === "basket.weight-needed" ? null : tone;
  }
  const isSame = before.basket.saleId === after.basket.saleId;
  return after.basket.addedCount > (isSame ? before.basket.addedCount : 0) ? "accepted" : null;
}

/** Sounds each addition, notice, outcome and call for help once. What was there when the page opened stays silent. */
export function useKioskSounds(): void {
  const snapshot = useTillSnapshot();
  const last = useRef(snapshot);
  const play = (sound: SoundName) => playSound(sound, useAppearance.getState().loudness);
  useEffect(() => {
    const sound = soundOf(last.current, snapshot);
    last.current = snapshot;
    if (sound !== null) play(sound);
  }, [snapshot]);

  const fault = useView((view) => view.fault);
  useEffect(() => {
    if (fault !== null) play("blocked");
  }, [fault]);

  const isHelpCalled = useView((view) => view.helpCalledMs !== null);
  useEffect(() => {
    if (isHelpCalled) play("help");
  }, [isHelpCalled]);
}
