import { CliError } from '../cli-error.ts';

const loadable = 1;
const interpreter = 3;

/**
 * A program without what lies behind its last loadable segment: symbols, which nothing reads at run time. As the Dockerfile
 * does it.
 * @param program a 64-bit little-endian ELF file (https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html)
 * @returns where it looks for its loader, too; from the root, without the leading slash
 * @throws CliError for any other file
 */
export function cutSymbols(program: Uint8Array): { readonly bytes: Uint8Array; readonly loader: string } {
  const elf = Buffer.from(program);
  if (elf.length < 64 || elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 2 || elf[5] !== 1) throw noProgram();
  const table = Number(elf.readBigUInt64LE(32));
  const entrySize = elf.readUInt16LE(54);
  const count = elf.readUInt16LE(56);
  if (entrySize < 56 || table + entrySize * count > elf.length) throw noProgram();
  let end = 0;
  let loader = '';
  for (let index = 0; index < count; index++) {
    const at = table + index * entrySize;
    const type = elf.readUInt32LE(at);
    const start = Number(elf.readBigUInt64LE(at + 8));
    const size = Number(elf.readBigUInt64LE(at + 32));
    if (start + size > elf.length) throw noProgram();
    if (type === loadable) end = Math.max(end, start + size);
    if (type === interpreter) loader = elf.toString('latin1', start, start + size - 1);
  }
  if (!loader.startsWith('/')) throw noProgram();
  // The header then says that there is no section table.
  elf.fill(0, 40, 48).fill(0, 60, 64);
  return { bytes: elf.subarray(0, end), loader: loader.slice(1) };
}

function noProgram(): CliError {
  return new CliError(
    'The Node.js of the base image is no whole 64-bit program of Linux.',
    'Choose an image of Node.js on Debian by --base.',
  );
}
