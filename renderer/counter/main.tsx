import { openPageSession } from "../shared/page-session.ts";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";
import { counterContract } from "../../main/contract/counter.ts";
import { applyTheme } from "../shared/appearance.ts";
import { CounterApp } from "./counter-app.tsx";

applyTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");
createRoot(place).render(<CounterApp session={openPageSession(window, counterContract)} />);
