import type { ReactNode } from "react";

/** The rod of a state with its beam; it is broken where somebody must act. The bead is drawn on it by whoever knows it. */
export function RodPicture({ isBroken, children }: { isBroken: boolean; children: ReactNode }) {
  return (
    <svg width="54" height="20" viewBox="0 0 54 20" aria-hidden="true">
      {isBroken ? (
        <rect x="41" y="9.25" width="13" height="1.5" fill="var(--edge)" />
      ) : (
        <rect x="0" y="9.25" width="54" height="1.5" fill="var(--edge)" />
      )}
      {children}
      <rect x="35" y="1" width="3" height="18" rx="1" fill="var(--ink)" />
    </svg>
  );
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
