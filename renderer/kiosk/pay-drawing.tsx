import styles from "./pay-drawing.module.css";

const modules = 25;
const moduleSize = 11;
const codeLeft = 346.5;
const codeTop = 168;

/** Looks like a code and reads as nothing: finder patterns and a fixed scatter, as one path. */
const codePath = drawnCode();

function drawnCode(): string {
  const isFinder = (x: number, y: number) =>
    (x < 8 && y < 8) || (x >= modules - 8 && y < 8) || (x < 8 && y >= modules - 8);
  const finder = (x: number, y: number) => {
    const column = x >= modules - 8 ? x - (modules - 7) : x;
    const row = y >= modules - 8 ? y - (modules - 7) : y;
    const ring = Math.max(Math.abs(column - 3), Math.abs(row - 3));
    return ring === 3 || ring <= 1;
  };
  const scatter = (x: number, y: number) => (Math.sin(x * 12.9898 + y * 78.233 + x * y * 3.7) * 43_758.5453) % 1 > 0;
  let path = "";
  for (let y = 0; y < modules; y += 1) {
    for (let x = 0; x < modules; x += 1) {
      const isDark = isFinder(x, y) ? finder(x, y) : scatter(x, y);
      if (isDark)
        path += `M${codeLeft + x * moduleSize} ${codeTop + y * moduleSize}h${moduleSize}v${moduleSize}h-${moduleSize}z`;
    }
  }
  return path;
}

/** A phone is held over the scanner, which stands on the beam. The arrows move where motion is allowed. */
export function PayDrawing(props: { className?: string | undefined; title: string; text: string }) {
  return (
    <svg className={props.className} viewBox="0 0 968 780" preserveAspectRatio="xMidYMax meet" aria-hidden="true">
      <path className={styles.light} d="M330 590H638L668 700H300Z" />
      <g className={styles.phone}>
        <rect className={styles.body} x="276" y="4" width="416" height="606" rx="56" />
        <rect className={styles.screen} x="293" y="21" width="382" height="572" rx="42" />
        <rect className={styles.body} x="432" y="36" width="104" height="24" rx="12" />
        <text className={styles.title} x="484" y="126">
          {props.title}
        </text>
        <path className={styles.code} d={codePath} />
        <text className={styles.text} x="484" y="510">
          {props.text}
        </text>
        <rect className={styles.body} x="414" y="560" width="140" height="9" rx="4.5" />
      </g>
      <path className={styles.arrow} d="M122 236V520M58 458L122 522L186 458" />
      <path className={styles.arrow} d="M846 236V520M782 458L846 522L910 458" />
      <rect className={styles.body} x="272" y="686" width="424" height="40" rx="14" />
      <path className={styles.body} d="M248 704H720L760 780H208Z" />
      <rect className={styles.glass} x="294" y="692" width="380" height="15" rx="7" />
      <rect className={styles.beam} x="294" y="696" width="380" height="7" rx="3" />
    </svg>
  );
}
