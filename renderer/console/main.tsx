import "../shared/interpreted-schemas.ts";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";
import { applyTheme } from "../shared/appearance.ts";
import { createPlatformHttp } from "../shared/platform-http.ts";
import { onReturn, pageParts } from "../shared/platform-page/page-parts.ts";
import { ConsoleApp } from "./console-app.tsx";
import { Desk } from "./desk.ts";
import { tabDeskMemory } from "./desk-memory.ts";
import { createOperatorClient } from "./operator-client.ts";
import { consoleRouting, takeToken } from "./routing.ts";

applyTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");

const token = takeToken(window);
const memory = tabDeskMemory(sessionStorage);
if (token !== null) memory.keepToken(token);
const desk = new Desk({
  client: createOperatorClient(createPlatformHttp(location.origin)),
  memory,
  ...pageParts(window),
});
const routing = consoleRouting(window);
routing.subscribe(() => desk.show(routing.view()));
onReturn(window, desk.wake);
desk.show(routing.view());
createRoot(place).render(<ConsoleApp desk={desk} routing={routing} />);
