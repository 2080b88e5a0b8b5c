import { HeldBead, RodPicture } from "../shared/components/rod-picture.tsx";
import type { BeadPlace } from "./bead-place.ts";

/** A state as a bead on a rod. The word stands beside it. */
export function StateBead({ place }: { place: BeadPlace }) {
  return (
    <RodPicture isBroken={place === "stopped"}>
      <Bead place={place} />
    </RodPicture>
  );
}

function Bead({ place }: { place: BeadPlace }) {
  switch (place) {
    case "there":
      return <rect x="18.5" y="4" width="16" height="12" rx="6" fill="var(--primary)" />;
    case "far":
      return (
        <rect x="2" y="5" width="14" height="10" rx="5" fill="var(--surface)" stroke="var(--wait)" strokeWidth="2.5" />
      );
    case "back":
      return <rect x="1" y="4" width="16" height="12" rx="6" fill="var(--ink-2)" />;
    case "stopped":
      return <HeldBead x={11} y={10} />;
  }
}
