import { qrcode, type DrawingContext, type RenderOptions } from "bwip-js/generic";

/** A QR code as one path of an SVG, in modules and without its quiet zone. */
export type QrPath = { readonly modules: number; readonly path: string };

/** Light modules around a code, on each side (ISO/IEC 18004, 5.3.8). */
export const quietModules = 4;

/** Draws in modules: the symbol is made of polygons alone, and everything else that a barcode may have is left out. */
function pathDrawing(): DrawingContext<QrPath> {
  let modules = 0;
  let path = "";
  return {
    // One unit a module; the encoder draws two to the module otherwise.
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      modules = width;
    },
    polygon: (points) => {
      path += `M${points.map(([x, y]) => `${x} ${y}`).join("L")}z`;
    },
    fill: () => {},
    line: () => {},
    hexagon: () => {},
    ellipse: () => {},
    text: () => {},
    end: () => ({ modules, path }),
  };
}

/**
 * The QR code of a text, at error level L: a lit screen has neither dirt nor folds, and the larger modules that this
 * leaves room for are what a scanner at arm's length needs.
 * @throws Error when the text is longer than a QR code holds.
 */
export function qrPath(text: string): QrPath {
  // The error level is an option of this one symbol, which the types of all symbols do not know.
  const options: RenderOptions & { eclevel: "L" } = { bcid: "qrcode", text, eclevel: "L", scale: 1, padding: 0 };
  return qrcode<QrPath>(options, pathDrawing());
}
