import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const blockBytes = 512;

/**
 * Unpacks a tar archive of plain files (POSIX.1-1988, the ustar header block) into a folder. Folders are made as files need
 * them; links and names that lead out of the folder are refused, since no archive of ours has any.
 */
export async function unpackTar(archive: Buffer, folder: string): Promise<void> {
  let offset = 0;
  while (offset + blockBytes <= archive.length) {
    const header = archive.subarray(offset, offset + blockBytes);
    // A block of zeros ends the archive.
    if (header[0] === 0) return;
    const name = textAt(header, 0, 100);
    const mode = Number.parseInt(textAt(header, 100, 8), 8);
    const sizeBytes = Number.parseInt(textAt(header, 124, 12), 8);
    const kind = textAt(header, 156, 1);
    offset += blockBytes;
    if (kind === "" || kind === "0") {
      if (name.startsWith("/") || name.split("/").includes(".."))
        throw new Error(`A strange name in an archive: ${name}`);
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, archive.subarray(offset, offset + sizeBytes), { mode: mode & 0o777 });
    } else if (kind !== "5") throw new Error(`An entry of kind ${kind} in an archive: ${name}`);
    offset += Math.ceil(sizeBytes / blockBytes) * blockBytes;
  }
}

function textAt(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length).toString("latin1");
  return (field.split("\0", 1)[0] ?? "").trim();
}
