import { openScreen } from "./screens.tsx";
import "../shared/look.ts";
import { Fragment } from "react";
import { createRoot } from "react-dom/client";

const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in.");
const root = createRoot(place);

/** Draws what the address names behind its `#`; another name draws another screen without loading the page again. */
function draw(): void {
  root.render(<Fragment key={location.hash}>{openScreen(new URLSearchParams(location.hash.slice(1)))}</Fragment>);
}

addEventListener("hashchange", draw);
draw();
