import type { BeadPlace } from "./bead-place.ts";

/** A state as a bead on a rod. The word stands beside it. */
export function StateBead({ place }: { place: BeadPlace }) {
  return (
    <svg width="54" height="20" viewBox="0 0 54 20" aria-hidden="true">
      {place === "stopped" ? (
        <rect x="41" y="9.25" width="13" height="1.5" fill="var(--edge)" />
      ) : (
        <rect x="0" y="9.25" width="54" height="1.5" fill="var(--edge)" />
      )}
      <Bead place={place} />
      <rect x="35" y="1" width="3" height="18" rx="1" fill="var(--ink)" />
    </svg>
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
      return (
        <>
          <rect
            x="1"
            y="2.5"
            width="20"
            height="15"
            rx="7.5"
            fill="var(--attention)"
            stroke="var(--attention-edge)"
            strokeWidth="1.75"
          />
          <rect x="10" y="6" width="2" height="5" fill="var(--on-attention)" />
          <rect x="10" y="12.25" width="2" height="2" fill="var(--on-attention)" />
        </>
      );
  }
}
