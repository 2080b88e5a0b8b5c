import "../shared/interpreted-schemas.ts";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";
import { applyTheme } from "../shared/appearance.ts";
import { createPlatformHttp } from "../shared/platform-http.ts";
import { Phone } from "./phone.ts";
import { PhoneKeys } from "./phone-keys.ts";
import { tabMemory } from "./phone-memory.ts";
import { createPlatformClient } from "./platform-client.ts";
import { addressRouting } from "./routing.ts";
import { WalletApp } from "./wallet-app.tsx";

applyTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");

const phone = new Phone({
  client: createPlatformClient(createPlatformHttp(location.origin)),
  keys: new PhoneKeys(indexedDB),
  memory: tabMemory(sessionStorage),
  now: Date.now,
  random: Math.random,
  newId: () => crypto.randomUUID(),
  isVisible: () => document.visibilityState === "visible",
  timers: { set: (act, ms) => window.setTimeout(act, ms), clear: (timer) => window.clearTimeout(timer) },
});
const routing = addressRouting(window);
routing.subscribe(() => phone.show(routing.view()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") phone.wake();
});
addEventListener("online", () => phone.wake());
phone.show(routing.view());
createRoot(place).render(<WalletApp phone={phone} routing={routing} />);
