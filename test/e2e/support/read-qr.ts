import { BinaryBitmap, DecodeHintType, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from "@zxing/library";
import type { Locator } from "playwright";

/** What a camera's decoder reads off a code on the screen, from its pixels alone. */
export async function readQr(image: Locator): Promise<string> {
  const shot = (await image.screenshot()).toString("base64");
  const pixels = await image.page().evaluate(async (png) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${png}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const drawing = canvas.getContext("2d");
    if (drawing === null) throw new Error("No canvas");
    drawing.drawImage(picture, 0, 0);
    const { data, width, height } = drawing.getImageData(0, 0, picture.width, picture.height);
    return { width, height, grey: Array.from({ length: width * height }, (_, index) => data[index * 4] ?? 0) };
  }, shot);
  const source = new RGBLuminanceSource(Uint8ClampedArray.from(pixels.grey), pixels.width, pixels.height);
  // A screenshot stands straight and holds nothing but the code. Looking for its corners as in a photograph, which this
  // decoder does not manage with one in ten codes of this size, would say nothing about the code.
  const hints = new Map([[DecodeHintType.PURE_BARCODE, true]]);
  return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText();
}
