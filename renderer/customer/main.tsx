import { openPageSession } from "../shared/page-session.ts";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";
import { tillContract } from "../../main/contract/methods.ts";
import { applyTheme } from "../shared/appearance.ts";
import { CustomerApp } from "./customer-app.tsx";

applyTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");
createRoot(place).render(<CustomerApp session={openPageSession(window, tillContract)} />);
