/** The mark: three rods, one beam, six beads, one of them red. 28 px wide or more. */
export function Mark({ widthPx = 28 }: { widthPx?: number }) {
  return (
    <svg width={widthPx} height={(widthPx * 30) / 34} viewBox="0 0 34 30" aria-hidden="true">
      <g fill="var(--edge)">
        <rect x="4" width="2" height="30" />
        <rect x="16" width="2" height="30" />
        <rect x="28" width="2" height="30" />
      </g>
      <g fill="var(--primary)">
        <rect y="0" width="10" height="7" rx="3.2" />
        <rect x="12" y="5" width="10" height="7" rx="3.2" />
        <rect x="24" y="5" width="10" height="7" rx="3.2" />
        <rect y="18" width="10" height="7" rx="3.2" />
        <rect x="12" y="23" width="10" height="7" rx="3.2" />
      </g>
      <rect x="24" y="18" width="10" height="7" rx="3.2" fill="var(--seal)" />
      <rect y="13" width="34" height="4" rx="1" fill="var(--ink)" />
    </svg>
  );
}
