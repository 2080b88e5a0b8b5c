import { ChartNoAxesColumn, Table } from "lucide-react";
import { useRef } from "react";
import type { DayReport } from "../../../main/contract/manager.ts";
import { minorDigits } from "../../../sync/protocol/money.ts";
import { Key } from "../../shared/components/key.tsx";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { useWidth } from "../parts/use-width.ts";
import { setView, useView } from "../view.ts";
import { chartHours, type HourColumn, type HoursChart as Chart } from "./hours.ts";
import styles from "./hours-chart.module.css";

/** The day by hours: beads standing on the beam, or the same as a table. */
export function HoursChart({ day }: { day: DayReport }) {
  const words = useWords();
  const { note } = useFormats();
  const asTable = useView((view) => view.hoursAsTable);
  const unitMinor = 10 ** minorDigits(day.currency);
  const chart = chartHours(day.hours, unitMinor, day.startHour);
  return (
    <section className={styles.hours} aria-label={words("manager.hours")}>
      <div className={styles.head}>
        <h2>{words("manager.hours")}</h2>
        {!asTable && (
          <p className={styles.legend}>
            <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">
              <rect width="22" height="10" rx="5" fill="var(--primary)" />
            </svg>
            {words("manager.hours-bead", { amount: note(chart.beadMinor) })}
          </p>
        )}
        <Key
          className={styles.switch}
          icon={asTable ? ChartNoAxesColumn : Table}
          label={words(asTable ? "manager.hours-drawing" : "manager.hours-table")}
          onPress={() => setView({ hoursAsTable: !asTable })}
        />
      </div>
      {asTable ? <HoursTable hours={day.hours} /> : <Beads chart={chart} unitMinor={unitMinor} />}
    </section>
  );
}

const beadHeightPx = 9;
const beadGapPx = 2;
const amountPx = 24;
const beamPx = 5;

function Beads({ chart, unitMinor }: { chart: Chart; unitMinor: number }) {
  const words = useWords();
  const formats = useFormats();
  const place = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(place);
  const heightPx = Math.max(4, chart.most) * (beadHeightPx + beadGapPx) + amountPx;
  const columnPx = widthPx / Math.max(1, chart.columns.length);
  const best = chart.columns.reduce<HourColumn | null>(
    (most, column) => (most === null || column.totalMinor > most.totalMinor ? column : most),
    null,
  );
  const label =
    best === null
      ? words("manager.hours-none")
      : words("manager.hours-described", {
          from: chart.columns[0]?.hour ?? 0,
          to: (chart.columns.at(-1)?.hour ?? 0) + 1,
          best: best.hour,
          amount: formats.money(best.totalMinor),
        });
  return (
    <div ref={place} className={styles.place}>
      <svg
        className={styles.drawing}
        width={widthPx}
        height={heightPx}
        viewBox={`0 0 ${Math.max(1, widthPx)} ${heightPx}`}
        role="img"
        aria-label={label}
      >
        {chart.columns.map((column, index) => (
          <Column
            key={column.hour}
            column={column}
            x={(index + 0.5) * columnPx}
            widthPx={Math.min(34, columnPx * 0.62)}
            heightPx={heightPx}
          />
        ))}
      </svg>
      <div className={styles.beam} style={{ height: beamPx }} />
      <div className={styles.axis} aria-hidden>
        {chart.columns.map((column) => (
          <span key={column.hour} className={styles.hour}>
            <span className={styles.clock}>{String(column.hour).padStart(2, "0")}</span>
            {columnPx > 52 && column.sales > 0 && (
              <span>{formats.note(Math.round(column.totalMinor / unitMinor) * unitMinor)}</span>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

function Column(props: { column: HourColumn; x: number; widthPx: number; heightPx: number }) {
  const { column, x, widthPx, heightPx } = props;
  const stepPx = beadHeightPx + beadGapPx;
  const beads = Array.from({ length: column.beads }, (_, index) => index);
  const partPx = Math.max(3, beadHeightPx * column.part);
  const topPx = heightPx - column.beads * stepPx - (column.part > 0 ? partPx + beadGapPx : 0);
  return (
    <>
      <rect x={x - 0.75} y={0} width="1.5" height={heightPx} fill="var(--line)" />
      {beads.map((index) => (
        <rect
          key={index}
          x={x - widthPx / 2}
          y={heightPx - (index + 1) * stepPx + beadGapPx}
          width={widthPx}
          height={beadHeightPx}
          rx={beadHeightPx / 2}
          fill="var(--primary)"
        />
      ))}
      {column.part > 0 && (
        <rect
          x={x - widthPx / 2}
          y={heightPx - column.beads * stepPx - partPx}
          width={widthPx}
          height={partPx}
          rx={Math.min(partPx / 2, beadHeightPx / 2)}
          fill="var(--primary)"
        />
      )}
      {column.sales > 0 && (
        <text x={x} y={topPx - 6} textAnchor="middle" className={styles.count}>
          {column.sales}
        </text>
      )}
    </>
  );
}

function HoursTable({ hours }: { hours: DayReport["hours"] }) {
  const words = useWords();
  const { column } = useFormats();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words("manager.hours-hour")}</th>
            <th scope="col">{words("manager.hours-sales")}</th>
            <th scope="col">{words("manager.hours-amount")}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map(({ hour, sales, totalMinor }) => (
            <tr key={hour}>
              <th scope="row">{words("manager.hours-span", { from: two(hour), to: two((hour + 1) % 24) })}</th>
              <td>{sales}</td>
              <td>{column(totalMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function two(hour: number): string {
  return String(hour).padStart(2, "0");
}
