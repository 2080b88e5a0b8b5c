import type { Names } from "../../../sync/protocol/entry-types.ts";
import type { ZReport } from "../../../main/contract/z-report.ts";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { formatBusinessDay, formatDay } from "../parts/days.ts";
import { useSnapshot } from "../till.tsx";
import { differenceWords } from "./difference.ts";
import { DrawerRows, Group, Parts, Receipts, Remarks, Rest, Row, Strip, Sums, useUnreadWords } from "./strip-parts.tsx";
import styles from "./strip.module.css";

/** A Z report as a strip of paper. */
export function ZStrip({ report }: { report: ZReport }) {
  const words = useWords();
  const unreadWords = useUnreadWords();
  const { number, seq, hash, unread, differs } = report;
  return (
    <Strip label={words("manager.z-strip")} title={words("manager.z-report", { number })}>
      <Top report={report} />
      <Sums report={report} />
      <Remarks texts={[unreadWords(unread), differs === undefined ? null : words("manager.z-differs")]} />
      <Drawer drawer={report.drawer} />
      <Parts report={report} />
      <Rest report={report} />
      <Ever perpetual={report.perpetual} />
      <p className={styles.foot}>{words("manager.z-record", { seq, hash: hash.slice(0, 12) })}</p>
    </Strip>
  );
}

function Top({ report }: { report: ZReport }) {
  const words = useWords();
  const locale = useLocale();
  const at = useStamp();
  const { till } = useSnapshot();
  return (
    <Group>
      <Row label={words("manager.x-day")} value={formatBusinessDay(report.businessDay, locale)} />
      <Row label={words("manager.x-till")} value={till.number} />
      <Row label={words("manager.x-opened")} value={at(report.openedAt, report.openedBy)} />
      <Row label={words("manager.z-closed")} value={at(report.closedAt, report.closedBy)} />
      <Receipts report={report} />
    </Group>
  );
}

/** A time with its day, because paper is read later, and who it was. */
function useStamp(): (instant: string, who: Names | undefined) => string {
  const words = useWords();
  const formats = useFormats();
  const locale = useLocale();
  const { zone } = useSnapshot().till;
  return (instant, who) => {
    const day = formatDay(Date.parse(instant), zone, locale);
    const time = words("manager.when-day", { day, time: formats.time(instant) });
    return who === undefined ? time : words("manager.x-opened-by", { time, name: formats.name(who) });
  };
}

function Drawer({ drawer }: { drawer: ZReport["drawer"] }) {
  const words = useWords();
  const { column, money } = useFormats();
  return (
    <Group title={words("manager.x-drawer")}>
      <DrawerRows drawer={drawer} />
      <Row label={words("manager.x-expected")} value={column(drawer.expectedMinor)} />
      <Row isStrong label={words("manager.close-counted")} value={money(drawer.countedMinor)} />
      <Row
        isOdd={drawer.differenceMinor !== 0}
        label={words("manager.close-difference")}
        value={differenceWords(words, money, drawer.differenceMinor)}
      />
    </Group>
  );
}

function Ever({ perpetual }: { perpetual: ZReport["perpetual"] }) {
  const words = useWords();
  const { column } = useFormats();
  if (perpetual === undefined) return null;
  const { sales, salesMinor, refunds, refundsMinor } = perpetual;
  return (
    <Group title={words("manager.z-perpetual")}>
      <Row label={words("manager.x-sales", { count: sales })} value={column(salesMinor)} />
      <Row label={words("manager.x-refunds", { count: refunds })} value={column(-refundsMinor)} />
    </Group>
  );
}
