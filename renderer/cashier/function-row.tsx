import { CircleX, Keyboard, Languages, Receipt, SlidersHorizontal } from "lucide-react";
import { Key } from "../shared/components/key.tsx";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { openPanel, setView } from "./view.ts";

/** The keys below the goods. A key whose time has not come says why when it is touched. */
export function FunctionRow({ className }: { className?: string | undefined }) {
  const words = useWords();
  const locale = useLocale();
  const act = useAct();
  const { basket, payment, staff } = useSnapshot();
  const lastSale = staff?.lastSale;
  const explain = (text: string) => setView({ message: { kind: "reason", text } });
  let voidReason: string | undefined;
  if (basket.lines.length === 0) voidReason = words("function.void-empty");
  else if (payment !== undefined) voidReason = words("function.void-paying");
  return (
    <div className={className} role="group" aria-label={words("function.row")}>
      <Key
        isStacked
        icon={CircleX}
        label={words("function.void")}
        reason={voidReason}
        onReason={explain}
        onPress={() => openPanel({ kind: "void" })}
      />
      <Key
        isStacked
        icon={Receipt}
        label={words("function.copy")}
        shortcut="copy"
        reason={lastSale === undefined ? words("function.copy-none") : undefined}
        onReason={explain}
        onPress={() => {
          if (lastSale !== undefined) void act("receipt.print-copy", { saleId: lastSale.saleId });
        }}
      />
      <Key
        isStacked
        icon={Languages}
        label={words("function.language")}
        onPress={() => void act("settings.set-locale", { locale: locale === "en" ? "zh-CN" : "en" })}
      />
      <Key
        isStacked
        icon={SlidersHorizontal}
        label={words("function.settings")}
        onPress={() => openPanel({ kind: "settings" })}
      />
      <Key isStacked icon={Keyboard} label={words("function.help")} onPress={() => openPanel({ kind: "help" })} />
    </div>
  );
}
