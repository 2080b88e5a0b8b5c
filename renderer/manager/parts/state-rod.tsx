import type { Arrival } from "../../../main/contract/manager.ts";

const middlePx = 10;
const beamPx = 35;

/**
 * How far something has come, as a bead on a rod: far from the beam where it is safe here, against it once the platform
 * has it, beyond it once it is booked. The rod is broken where somebody must act. The word stands beside it.
 */
export function StateRod({ state }: { state: Arrival }) {
  return (
    <svg width="54" height="20" viewBox="0 0 54 20" aria-hidden="true">
      {state === "needs-you" ? (
        <rect x="41" y="9.25" width="13" height="1.5" fill="var(--edge)" />
      ) : (
        <rect x="0" y="9.25" width="54" height="1.5" fill="var(--edge)" />
      )}
      <Bead state={state} />
      <rect x={beamPx} y="1" width="3" height="18" rx="1" fill="var(--ink)" />
    </svg>
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

/** The bead of something that a person must decide: outlined, with a mark in it. `x` and `y` are its middle. */
export function HeldBead({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect
        x="-10"
        y="-7.5"
        width="20"
        height="15"
        rx="7.5"
        fill="var(--attention)"
        stroke="var(--attention-edge)"
        strokeWidth="1.75"
      />
      <rect x="-1" y="-4" width="2" height="5" fill="var(--on-attention)" />
      <rect x="-1" y="2.25" width="2" height="2" fill="var(--on-attention)" />
    </g>
  );
}
