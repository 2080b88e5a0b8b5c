import { useState } from "react";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useCounterSnapshot, useStation } from "./counter.tsx";
import { Phone } from "./phone.tsx";
import { Purse } from "./purse.tsx";
import { Switch } from "./switch.tsx";

/** The shopper: a phone in one hand, and where the station takes cash a purse in the other. */
export function Shopper() {
  const words = useWords();
  const formats = useFormats();
  const { purse, tray } = useCounterSnapshot();
  const { drawer } = useStation();
  // Money that already lies on the tray is what the person was about when the page was loaded again.
  const [hand, setHand] = useState<"phone" | "purse">(tray.totalMinor > 0 ? "purse" : "phone");
  if (drawer === undefined) return <Phone />;
  return (
    <>
      <Switch
        label={words("counter.pay-with")}
        value={hand}
        choices={[
          { value: "phone", label: words("counter.phone") },
          { value: "purse", label: words("counter.purse"), second: formats.money(purse.totalMinor) },
        ]}
        onChoose={setHand}
      />
      {hand === "phone" ? <Phone /> : <Purse />}
    </>
  );
}
