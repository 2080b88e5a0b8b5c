/** Takes everything out of a storage whose name begins with `prefix`. */
export function forgetNamed(storage: Storage, prefix: string): void {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  for (const name of names) if (name.startsWith(prefix)) storage.removeItem(name);
}
