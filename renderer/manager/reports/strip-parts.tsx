import type { ReactNode } from "react";
import type { XReport } from "../../../main/contract/manager.ts";
import type { ZReport } from "../../../main/contract/z-report.ts";
import { classNames } from "../../shared/class-names.ts";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { useSnapshot } from "../till.tsx";
import styles from "./strip.module.css";

/** What an X and a Z report have in common. */
type ShiftReport = XReport | ZReport;

/** A report laid out like the strip that a printer would give: figures in a column, groups between hairlines. */
export function Strip(props: { label: string; title: string; children: ReactNode }) {
  const formats = useFormats();
  const { till } = useSnapshot();
  return (
    // What scrolls and holds no key is itself reached by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.table} tabIndex={0} aria-label={props.label}>
      <div className={styles.paper}>
        <div className={styles.head}>
          <p className={styles.store}>{formats.name(till.store)}</p>
          <p>{formats.name(till.address)}</p>
          <p className={styles.report}>{props.title}</p>
        </div>
        {props.children}
      </div>
    </section>
  );
}

/** A figure with its name. */
export function Row(props: { label: ReactNode; value: ReactNode; isStrong?: boolean; isOdd?: boolean }) {
  return (
    <div
      className={classNames(styles.row, props.isStrong === true && styles.strong, props.isOdd === true && styles.odd)}
    >
      <dt>{props.label}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

/** Figures under a hairline. */
export function Group({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div className={styles.group}>
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      <dl>{children}</dl>
    </div>
  );
}

/** The receipts of a shift, from the first to the last. */
export function Receipts({ report: { firstReceipt, lastReceipt } }: { report: ShiftReport }) {
  const words = useWords();
  if (firstReceipt === undefined || lastReceipt === undefined) return null;
  const range = words("manager.x-range", { from: firstReceipt, to: lastReceipt });
  return <Row label={words("manager.x-receipts")} value={range} />;
}

/** Sales, refunds, and what is left of the one after the other. */
export function Sums({ report }: { report: ShiftReport }) {
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

/** Taxes, tenders and commission. */
export function Parts({ report }: { report: ShiftReport }) {
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
      {report.payouts.length > 0 && (
        <Group title={words("manager.x-payouts")}>
          {report.payouts.map(({ kind, count, amountMinor }) => (
            <Row
              key={kind}
              label={words("manager.x-tender", { name: paid[kind], count })}
              value={column(-amountMinor)}
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

/** What the drawer began with, took in and paid out. */
export function DrawerRows({ drawer }: { drawer: XReport["drawer"] }) {
  const words = useWords();
  const { column } = useFormats();
  return (
    <>
      <Row label={words("manager.x-float")} value={column(drawer.floatMinor)} />
      <Row label={words("manager.x-in")} value={column(drawer.inMinor)} />
      <Row label={words("manager.x-out")} value={column(-drawer.outMinor)} />
    </>
  );
}

/** What else was counted. */
export function Rest({ report }: { report: ShiftReport }) {
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

/** What a reader of the figures has to know about them, in sentences. */
export function Remarks({ texts }: { texts: readonly (string | null)[] }) {
  const said = texts.filter((text) => text !== null);
  if (said.length === 0) return null;
  return (
    <div className={classNames(styles.group, styles.remarks)}>
      {said.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

/** That entries could not be read, where some could not. */
export function useUnreadWords(): (unread: number | undefined) => string | null {
  const words = useWords();
  return (unread) => (unread === undefined ? null : words("report.unread", { count: unread }));
}
