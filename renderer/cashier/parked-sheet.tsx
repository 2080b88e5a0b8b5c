import { ChevronRight } from "lucide-react";
import { Button } from "react-aria-components";
import type { PaymentView, StaffView } from "../../main/contract/snapshot.ts";
import { Key } from "../shared/components/key.tsx";
import { formatPaymentNumber } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./row-list.module.css";
import { Sheet } from "./sheet.tsx";
import sheetStyles from "./sheets.module.css";
import { useAct, useSnapshot } from "./till.tsx";
import { closeAfter } from "./view.ts";

type Parked = StaffView["parked"][number];

/** The sales that were set aside, the newest first. One touch takes one up again. */
export function ParkedSheet() {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { staff } = useSnapshot();
  const parked = staff?.parked ?? [];
  const resume = (saleId: string) => void closeAfter(act("sale.resume", { saleId }));
  return (
    <Sheet title={words("parked.title")}>
      {parked.length === 0 && <p className={styles.none}>{words("parked.none")}</p>}
      <ul className={styles.rows}>
        {parked.map((sale) => (
          <li key={sale.saleId}>
            {sale.payment === undefined ? (
              <Button className={styles.row ?? ""} onPress={() => resume(sale.saleId)}>
                <Summary sale={sale} second={sale.goods.map(formats.name).join(words("parked.comma"))} />
                <ChevronRight size={24} aria-hidden />
              </Button>
            ) : (
              <Paying sale={sale} payment={sale.payment} />
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** A sale whose payment is under way: it cannot be taken up, but its payment can be asked about and undone. */
function Paying({ sale, payment }: { sale: Parked; payment: PaymentView }) {
  const words = useWords();
  const act = useAct();
  const { paymentId, number } = payment;
  return (
    <>
      <div className={styles.row}>
        <Summary sale={sale} second={words("parked.paying", { number: formatPaymentNumber(number) })} />
      </div>
      <div className={sheetStyles.keys}>
        <Key
          className={sheetStyles.key}
          label={words("parked.ask")}
          onPress={() => void act("payment.ask-again", { paymentId })}
        />
        <Key
          className={sheetStyles.key}
          label={words("unknown.undo")}
          onPress={() => void act("payment.undo", { paymentId })}
        />
      </div>
    </>
  );
}

function Summary({ sale, second }: { sale: Parked; second: string }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <>
      <span className={styles.words}>
        <span className={styles.first}>
          {formats.time(sale.at)}
          <span className={styles.time}>{words("bill.items", { count: sale.itemCount })}</span>
        </span>
        <span className={styles.second}>{second}</span>
      </span>
      <span className={styles.amount}>{formats.money(sale.totalMinor)}</span>
    </>
  );
}
