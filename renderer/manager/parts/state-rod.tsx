import type { Arrival } from "../../../main/contract/manager.ts";
import { HeldBead, RodPicture } from "../../shared/components/rod-picture.tsx";

const middlePx = 10;

/**
 * How far something has come, as a bead on a rod: far from the beam where it is safe here, against it once the platform
 * has it, beyond it once it is booked. The rod is broken where somebody must act. The word stands beside it.
 */
export function StateRod({ state }: { state: Arrival }) {
  return (
    <RodPicture isBroken={state === "needs-you"}>
      <Bead state={state} />
    </RodPicture>
  );
}

function Bead({ state }: { state: Arrival }) {
  switch (state) {
    case "needs-you":
      return <HeldBead x={11} y={middlePx} />;
    case "safe":
      return <rect x="1" y="4" width="16" height="12" rx="6" fill="var(--wait)" />;
    case "on-the-way":
      return (
        <rect x="14" y="5" width="14" height="10" rx="5" fill="var(--surface)" stroke="var(--wait)" strokeWidth="2.5" />
      );
    case "confirmed":
      return <rect x="18.5" y="4" width="16" height="12" rx="6" fill="var(--primary)" />;
    case "settled":
      return <rect x="38.5" y="4" width="15" height="12" rx="6" fill="var(--primary)" />;
  }
}
