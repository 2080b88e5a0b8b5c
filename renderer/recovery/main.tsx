import { openPageSession } from "../shared/page-session.ts";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";
import { recoveryContract } from "../../main/contract/recovery.ts";
import { applyTheme } from "../shared/appearance.ts";
import { RecoveryApp } from "./recovery-app.tsx";

applyTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");
createRoot(place).render(<RecoveryApp session={openPageSession(window, recoveryContract)} />);
