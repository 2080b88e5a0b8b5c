import styles from "./rod.module.css";

const mostBeads = 4;
const beadWidthPx = 9;

/**
 * The rod of the status line: a bead for each sale that only this till has, far from the beam, at most four; none means
 * that all have arrived, and one bead lies against the beam. The words beside it carry the count.
 */
export function SyncRod({ salesWaiting }: { salesWaiting: number }) {
  const beads = Array.from({ length: Math.min(salesWaiting, mostBeads) }, (_, index) => index);
  return (
    <svg className={styles.sync} viewBox="0 0 62 20" aria-hidden="true">
      <rect x="0" y="9" width="62" height="2" fill="var(--edge)" />
      {beads.map((index) => (
        <rect
          key={index}
          x={index * (beadWidthPx + 0.5)}
          y="4"
          width={beadWidthPx}
          height="12"
          rx="4.5"
          fill="var(--wait)"
        />
      ))}
      {salesWaiting === 0 && <rect x="35.5" y="4" width="10" height="12" rx="5" fill="var(--primary)" />}
      <rect x="46.5" y="1" width="3" height="18" rx="1" fill="var(--ink)" />
    </svg>
  );
}

/** A bead sliding on a rod: something is being waited for. The one thing on a screen that loops. */
export function BusyRod() {
  return (
    <span className={styles.busy} aria-hidden="true">
      <span className={styles.busyLine} />
      <span className={styles.busyBead} />
    </span>
  );
}
