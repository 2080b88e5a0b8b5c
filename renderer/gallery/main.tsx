import { openScreen } from "./screens.tsx";
import "../shared/look.ts";
import { createRoot } from "react-dom/client";

const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");
createRoot(place).render(openScreen(new URLSearchParams(location.search)));
