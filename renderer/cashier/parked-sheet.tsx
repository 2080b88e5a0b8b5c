import { ChevronRight } from "lucide-react";
import { Button } from "react-aria-components";
import { formatPaymentNumber } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./row-list.module.css";
import { Sheet } from "./sheet.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { closePanel } from "./view.ts";

/** The sales that were set aside, the newest first. One touch takes one up again. */
export function ParkedSheet() {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { staff } = useSnapshot();
  const parked = staff?.parked ?? [];
  const resume = (saleId: string) =>
    void act("sale.resume", { saleId }).then((done) => {
      if (done !== null) closePanel();
    });
  return (
    <Sheet title={words("parked.title")}>
      {parked.length === 0 && <p className={styles.none}>{words("parked.none")}</p>}
      <ul className={styles.rows}>
        {parked.map((sale) => (
          <li key={sale.saleId}>
            <Button className={styles.row ?? ""} onPress={() => resume(sale.saleId)}>
              <span className={styles.words}>
                <span className={styles.first}>
                  {formats.time(sale.at)}
                  <span className={styles.time}>{words("bill.items", { count: sale.itemCount })}</span>
                </span>
                <span className={styles.second}>
                  {sale.payment === undefined
                    ? sale.goods.map(formats.name).join(words("parked.comma"))
                    : words("parked.paying", { number: formatPaymentNumber(sale.payment.number) })}
                </span>
              </span>
              <span className={styles.amount}>{formats.money(sale.totalMinor)}</span>
              <ChevronRight size={24} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
