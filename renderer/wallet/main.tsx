import "../shared/interpreted-schemas.ts";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";
import { applyTheme } from "../shared/appearance.ts";
import { createPlatformHttp } from "../shared/platform-http.ts";
import { onReturn, pageParts } from "../shared/platform-page/page-parts.ts";
import { Phone } from "./phone.ts";
import { PhoneKeys } from "./phone-keys.ts";
import { tabMemory } from "./phone-memory.ts";
import { createPlatformClient } from "./platform-client.ts";
import { phoneRouting } from "./routing.ts";
import { WalletApp } from "./wallet-app.tsx";

applyTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");

const phone = new Phone({
  client: createPlatformClient(createPlatformHttp(location.origin)),
  keys: new PhoneKeys(indexedDB),
  memory: tabMemory(sessionStorage),
  ...pageParts(window),
  random: Math.random,
});
const routing = phoneRouting(window);
routing.subscribe(() => phone.show(routing.view()));
onReturn(window, phone.wake);
phone.show(routing.view());
createRoot(place).render(<WalletApp phone={phone} routing={routing} />);
