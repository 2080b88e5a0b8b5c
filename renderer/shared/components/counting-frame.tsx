import { classNames } from "../class-names.ts";
import styles from "./counting-frame.module.css";

const goods = {
  bun: new URL("../frame-goods/steamed-bun.svg", import.meta.url).href,
  mandarin: new URL("../frame-goods/mandarin.svg", import.meta.url).href,
  apple: new URL("../frame-goods/apple.svg", import.meta.url).href,
  milk: new URL("../frame-goods/milk-carton.svg", import.meta.url).href,
  bread: new URL("../frame-goods/bread.svg", import.meta.url).href,
  tomato: new URL("../frame-goods/tomato.svg", import.meta.url).href,
  tea: new URL("../frame-goods/tea-bottle.svg", import.meta.url).href,
  eggs: new URL("../frame-goods/egg-box.svg", import.meta.url).href,
  banana: new URL("../frame-goods/banana.svg", import.meta.url).href,
} as const;

type GoodName = keyof typeof goods;

/** A rod of the frame: what was counted lies against the beam, the beads that rest lie at the ends. */
type RodPlan = {
  readonly above: number;
  readonly below: number;
  readonly over: readonly GoodName[];
  readonly under: readonly GoodName[];
  /** One bead of the frame is red. */
  readonly hasSeal?: true;
};

const rods: readonly RodPlan[] = [
  { above: 2, below: 4, over: [], under: ["apple"] },
  { above: 1, below: 4, over: ["bun"], under: ["milk"] },
  { above: 2, below: 4, over: [], under: [], hasSeal: true },
  { above: 2, below: 3, over: [], under: ["bread", "tomato"] },
  { above: 1, below: 4, over: ["mandarin"], under: ["tea"] },
  { above: 2, below: 3, over: [], under: ["eggs", "banana"] },
];

/** Nothing is counted: every bead lies at its end. */
const restingRods: readonly RodPlan[] = rods.map(({ hasSeal }) => ({
  above: 2,
  below: hasSeal === true ? 4 : 5,
  over: [],
  under: [],
  ...(hasSeal === true ? { hasSeal } : {}),
}));

const width = 968;
const height = 912;
const frame = 36;
const beamTop = 258;
const beamHeight = 26;
const beadWidth = 120;
const beadHeight = 55;
const beadStep = 61;
const firstRod = 135;
const rodStep = 139.6;
const inset = 12;
const goodSize = 116;
/** A drawing ends a little before its box does. */
const goodAir = 4;

/**
 * The counting frame that stood on every shop counter: goods are the beads that count, and at rest there are none. A
 * drawing; it says nothing alone.
 */
export function CountingFrame({ className, isAtRest }: { className?: string | undefined; isAtRest?: boolean }) {
  const shown = isAtRest === true ? restingRods : rods;
  return (
    <svg
      className={classNames(styles.frame, className)}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      <rect className={styles.wood} width={width} height={height} rx="52" />
      <rect
        className={styles.field}
        x={frame}
        y={frame}
        width={width - 2 * frame}
        height={height - 2 * frame}
        rx="14"
      />
      {shown.map((rod, index) => (
        <Rod key={firstRod + index * rodStep} rod={rod} index={index} />
      ))}
      <rect className={styles.wood} x={frame - 2} y={beamTop} width={width - 2 * frame + 4} height={beamHeight} />
      {shown.map((rod, index) => (
        <Goods key={firstRod + index * rodStep} rod={rod} index={index} />
      ))}
    </svg>
  );
}

function Rod({ rod, index }: { rod: RodPlan; index: number }) {
  const x = firstRod + index * rodStep;
  const top = frame + inset;
  const bottom = height - frame - inset - beadHeight;
  const above = Array.from({ length: rod.above }, (_, place) => top + place * beadStep);
  const below = Array.from({ length: rod.below }, (_, place) => bottom - place * beadStep);
  return (
    <>
      <rect className={styles.rod} x={x - 5} y={frame} width="10" height={height - 2 * frame} />
      <rect className={styles.shade} x={x + 1.5} y={frame} width="3.5" height={height - 2 * frame} />
      {[...above, ...below].map((y) => (
        <Bead key={y} x={x} y={y} />
      ))}
      {rod.hasSeal === true && <Bead x={x} y={bottom - rod.below * beadStep} isSeal />}
    </>
  );
}

function Bead({ x, y, isSeal = false }: { x: number; y: number; isSeal?: boolean }) {
  const left = x - beadWidth / 2;
  return (
    <g className={isSeal ? styles.seal : styles.bead}>
      <rect x={left} y={y} width={beadWidth} height={beadHeight} rx="26" />
      <path
        className={styles.under}
        d={`M${left} ${y + 30}c16 12 104 12 ${beadWidth} 0a26 26 0 0 1-26 25h-68a26 26 0 0 1-26-25Z`}
      />
      <rect className={styles.gleam} x={left + 20} y={y + 10} width="50" height="7" rx="3.5" />
    </g>
  );
}

/** Goods hang on the rods against the beam, the first one closest to it. They come once, one after the other. */
function Goods({ rod, index }: { rod: RodPlan; index: number }) {
  const x = firstRod + index * rodStep - goodSize / 2;
  return (
    <>
      {rod.over.map((name) => (
        <image
          key={name}
          className={classNames(styles.good, styles.over)}
          style={{ animationDelay: `${index * 90}ms` }}
          href={goods[name]}
          x={x}
          y={beamTop - goodSize + goodAir}
          width={goodSize}
          height={goodSize}
        />
      ))}
      {rod.under.map((name, place) => (
        <image
          key={name}
          className={classNames(styles.good, styles.beneath)}
          style={{ animationDelay: `${index * 90 + place * 120}ms` }}
          href={goods[name]}
          x={x}
          y={beamTop + beamHeight - goodAir + place * (goodSize - 14)}
          width={goodSize}
          height={goodSize}
        />
      ))}
    </>
  );
}
