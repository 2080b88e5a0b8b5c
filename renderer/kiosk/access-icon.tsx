/** A person in a circle: the sign for access, drawn like the icons beside it. */
export function AccessIcon({
  className,
  strokeWidth,
}: {
  className?: string | undefined;
  strokeWidth?: string | number | undefined;
}) {
  return (
    <svg
      className={className}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={strokeWidth}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="10.5" />
      <circle cx="12" cy="6.6" r="1.3" fill="currentColor" />
      <path d="M7 9.6 10.4 10.4V13.2L8.6 18M17 9.6 13.6 10.4V13.2L15.4 18M10.4 10.4H13.6M10.4 13.2 12 13.8 13.6 13.2" />
    </svg>
  );
}
