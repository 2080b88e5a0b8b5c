import type { ReactNode } from "react";
import type { XReport } from "../../../main/contract/manager.ts";
import { classNames } from "../../shared/class-names.ts";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { formatBusinessDay } from "../parts/days.ts";
import { useSnapshot } from "../till.tsx";
import styles from "./x-strip.module.css";

/** The X report laid out like the strip that a printer would give: figures in a column, groups between hairlines. */
export function XStrip({ report }: { report: XReport }) {
  return (
    // What scrolls and holds no key is itself reached by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.table} tabIndex={0} aria-label={useWords()("manager.x-strip")}>
      <div className={styles.paper}>
        <Top report={report} />
        <Sums report={report} />
        <Parts report={report} />
        <Drawer report={report} />
        <Rest report={report} />
      </div>
    </section>
  );
}

function Row({ label, value, isStrong }: { label: ReactNode; value: ReactNode; isStrong?: boolean }) {
  return (
    <div className={classNames(styles.row, isStrong === true && styles.strong)}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Group({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div className={styles.group}>
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      <dl>{children}</dl>
    </div>
  );
}

function Top({ report }: { report: XReport }) {
  const words = useWords();
  const formats = useFormats();
  const locale = useLocale();
  const { till } = useSnapshot();
  const { openedAt, openedBy, at, firstReceipt, lastReceipt } = report;
  return (
    <>
      <div className={styles.head}>
        <p className={styles.store}>{formats.name(till.store)}</p>
        <p>{formats.name(till.address)}</p>
        <p className={styles.report}>{words("manager.x-report")}</p>
      </div>
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
        {firstReceipt !== undefined && lastReceipt !== undefined && (
          <Row
            label={words("manager.x-receipts")}
            value={words("manager.x-range", { from: firstReceipt, to: lastReceipt })}
          />
        )}
      </Group>
    </>
  );
}

function Sums({ report }: { report: XReport }) {
  const words = useWords();
  const { column, money } = useFormats();
  return (
    <Group>
      <Row label={words("manager.x-sales", { count: report.sales })} value={column(report.salesMinor)} />
      <Row label={words("manager.x-refunds", { count: report.refunds })} value={column(-report.refundsMinor)} />
      <Row isStrong label={words("manager.x-net")} value={money(report.netMinor)} />
    </Group>
  );
}

function Parts({ report }: { report: XReport }) {
  const words = useWords();
  const { column, name } = useFormats();
  const paid = { cash: words("manager.paid-cash"), wallet: words("manager.paid-wallet") };
  return (
    <>
      {report.taxes.length > 0 && (
        <Group title={words("manager.x-taxes")}>
          {report.taxes.map((tax) => (
            <Row
              key={`${tax.taxClass} ${tax.ratePartsPerMillion}`}
              label={words("manager.x-tax", { name: name(tax.name), amount: column(tax.grossMinor) })}
              value={column(tax.taxMinor)}
            />
          ))}
        </Group>
      )}
      {report.tenders.length > 0 && (
        <Group title={words("manager.x-tenders")}>
          {report.tenders.map(({ kind, count, amountMinor }) => (
            <Row
              key={kind}
              label={words("manager.x-tender", { name: paid[kind], count })}
              value={column(amountMinor)}
            />
          ))}
        </Group>
      )}
      {report.commission.length > 0 && (
        <Group title={words("manager.x-commission")}>
          {report.commission.map(({ rail, payments, paidMinor, commissionMinor }) => (
            <Row
              key={rail}
              label={words("manager.x-rail", { name: paid[rail], count: payments, amount: column(paidMinor) })}
              value={column(commissionMinor)}
            />
          ))}
        </Group>
      )}
    </>
  );
}

function Drawer({ report: { drawer } }: { report: XReport }) {
  const words = useWords();
  const { column, money } = useFormats();
  return (
    <Group title={words("manager.x-drawer")}>
      <Row label={words("manager.x-float")} value={column(drawer.floatMinor)} />
      <Row label={words("manager.x-in")} value={column(drawer.inMinor)} />
      <Row label={words("manager.x-out")} value={column(-drawer.outMinor)} />
      <Row isStrong label={words("manager.x-expected")} value={money(drawer.expectedMinor)} />
    </Group>
  );
}

function Rest({ report }: { report: XReport }) {
  const words = useWords();
  const { column } = useFormats();
  return (
    <Group title={words("manager.x-rest")}>
      <Row label={words("manager.x-discounts")} value={column(report.discountsMinor)} />
      <Row label={words("manager.x-deposits")} value={column(report.depositsMinor)} />
      <Row label={words("manager.x-rounding")} value={column(report.roundingMinor)} />
      <Row label={words("manager.x-abandoned", { count: report.abandoned })} value={column(report.abandonedMinor)} />
      <Row label={words("manager.x-price-changes")} value={report.priceChanges} />
      <Row label={words("manager.x-age-checks")} value={report.ageChecks} />
      <Row label={words("manager.x-openings")} value={report.drawerOpenings} />
    </Group>
  );
}
