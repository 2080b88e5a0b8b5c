import type { XReport } from "../../../main/contract/manager.ts";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { formatBusinessDay } from "../parts/days.ts";
import { useSnapshot } from "../till.tsx";
import { DrawerRows, Group, Parts, Receipts, Remarks, Rest, Row, Strip, Sums, useUnreadWords } from "./strip-parts.tsx";

/** The X report as a strip of paper. */
export function XStrip({ report }: { report: XReport }) {
  const words = useWords();
  const { money } = useFormats();
  const unreadWords = useUnreadWords();
  return (
    <Strip label={words("manager.x-strip")} title={words("manager.x-report")}>
      <Top report={report} />
      <Sums report={report} />
      <Remarks texts={[unreadWords(report.unread)]} />
      <Parts report={report} />
      <Group title={words("manager.x-drawer")}>
        <DrawerRows drawer={report.drawer} />
        <Row isStrong label={words("manager.x-expected")} value={money(report.drawer.expectedMinor)} />
      </Group>
      <Rest report={report} />
    </Strip>
  );
}

function Top({ report }: { report: XReport }) {
  const words = useWords();
  const formats = useFormats();
  const locale = useLocale();
  const { till } = useSnapshot();
  const { openedAt, openedBy, at } = report;
  return (
    <Group>
      <Row label={words("manager.x-day")} value={formatBusinessDay(till.businessDay, locale)} />
      <Row label={words("manager.x-till")} value={till.number} />
      <Row
        label={words("manager.x-opened")}
        value={
          openedBy === undefined
            ? formats.time(openedAt)
            : words("manager.x-opened-by", { time: formats.time(openedAt), name: formats.name(openedBy) })
        }
      />
      <Row label={words("manager.x-read")} value={formats.timeToSecond(at)} />
      <Receipts report={report} />
    </Group>
  );
}
