import { openPageSession } from "../shared/page-session.ts";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";
import { tillContract } from "../../main/contract/methods.ts";
import { applyTheme } from "../shared/appearance.ts";
import { followAddress } from "./address.ts";
import { keepChat } from "./chat/drafts.ts";
import { ManagerApp } from "./manager-app.tsx";

applyTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");
const session = openPageSession(window, tillContract);
// The token is out of the address now; what is left of it names the section.
followAddress(window);
keepChat(window.sessionStorage);
createRoot(place).render(<ManagerApp session={session} />);
