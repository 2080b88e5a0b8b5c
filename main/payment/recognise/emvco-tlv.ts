/** Data objects by their two-digit ids, in their order. */
export type EmvcoObjects = ReadonlyMap<string, string>;

/**
 * Reads the data objects of a merchant-presented code or of a template within: two digits of id, two of length in
 * characters, and the value (EMVCo Merchant-Presented Mode 1.1, section 3.2). Null where the lengths do not end with the
 * text, a value is empty, or an id stands there twice: two readers could take two different ones.
 */
export function readEmvcoObjects(text: string): EmvcoObjects | null {
  const objects = new Map<string, string>();
  let offset = 0;
  while (offset < text.length) {
    const head = text.slice(offset, offset + 4);
    if (!/^\d{4}$/.test(head)) return null;
    const id = head.slice(0, 2);
    const end = offset + 4 + Number(head.slice(2));
    if (end > text.length || end === offset + 4 || objects.has(id)) return null;
    objects.set(id, text.slice(offset + 4, end));
    offset = end;
  }
  return objects.size === 0 ? null : objects;
}
