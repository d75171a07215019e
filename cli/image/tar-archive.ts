import { CliError } from '../cli-error.ts';

const blockSizeInBytes = 512;
/** Also of all that the project stages: 1 January 2000. A layer's digest covers times. */
const fixedTimeInSeconds = 946_684_800;

/** One member of a tar archive; a path has no slash at its beginning and none at its end. */
export type TarEntry =
  | { readonly kind: 'file'; readonly path: string; readonly mode: number; readonly bytes: Uint8Array }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string; readonly isHard: boolean };

/** Files and the directories above them as a tar archive (POSIX ustar): the same bytes for the same files. */
export function writeTar(
  files: ReadonlyMap<string, { readonly mode: number; readonly bytes: Uint8Array }>,
): Uint8Array {
  const directories = new Set([...files.keys()].flatMap(directoriesAbove));
  const members = [
    ...[...directories].map((path) => ({ path: `${path}/`, mode: 0o755, type: '5', bytes: new Uint8Array(0) })),
    ...[...files].map(([path, { mode, bytes }]) => ({ path, mode, type: '0', bytes })),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
  const parts = members.flatMap(({ path, mode, type, bytes }) => [
    headerOf(path, mode, type, bytes.length),
    bytes,
    new Uint8Array(-bytes.length & (blockSizeInBytes - 1)),
  ]);
  return Buffer.concat([...parts, new Uint8Array(2 * blockSizeInBytes)]);
}

function directoriesAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

function headerOf(path: string, mode: number, type: string, sizeInBytes: number): Uint8Array {
  const header = Buffer.alloc(blockSizeInBytes);
  const octal = (value: number, at: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, '0'), at);
  if (Buffer.byteLength(path) > 100) throw new Error(`${path} is longer than a plain tar header takes.`);
  header.write(path, 0);
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(sizeInBytes, 124, 11);
  octal(fixedTimeInSeconds, 136, 11);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\0' + '00', 257);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  header.write('\0 ', 154);
  return header;
}

/**
 * The members of a tar archive, with the long names of GNU tar and of POSIX pax headers.
 * @throws CliError where the archive is damaged or ends within a member
 */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let longName: string | undefined;
  let longTarget: string | undefined;
  for (let at = 0; at + blockSizeInBytes <= bytes.length; ) {
    const header = bytes.subarray(at, at + blockSizeInBytes);
    if (header.every((byte) => byte === 0)) return;
    requireChecksum(header, at);
    const size = readNumber(header, 124, 12);
    const from = at + blockSizeInBytes;
    if (!Number.isSafeInteger(size) || from + size > bytes.length)
      throw damaged(`a member at byte ${at} has ${size} bytes`);
    const content = bytes.subarray(from, from + size);
    at = from + Math.ceil(size / blockSizeInBytes) * blockSizeInBytes;

    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longName = readText(content, 0, size);
    else if (type === 'K') longTarget = readText(content, 0, size);
    else if (type === 'x') {
      const records = readPaxRecords(content);
      longName = records.get('path') ?? longName;
      longTarget = records.get('linkpath') ?? longTarget;
    } else if (type !== 'g') {
      const isUstar = readText(header, 257, 5) === 'ustar';
      const prefix = isUstar ? readText(header, 345, 155) : '';
      const own = [prefix, readText(header, 0, 100)].filter((part) => part !== '').join('/');
      const path = plainPath(longName ?? own);
      const target = longTarget ?? readText(header, 157, 100);
      if (type === '0' || type === '\0')
        yield { kind: 'file', path, mode: readNumber(header, 100, 8) & 0o777, bytes: content };
      else if (type === '5') yield { kind: 'directory', path };
      else if (type === '1' || type === '2') yield { kind: 'link', path, target, isHard: type === '1' };
      longName = undefined;
      longTarget = undefined;
    }
  }
}

function plainPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function readText(bytes: Buffer, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? field.length : end);
}

/** Octal digits, or from 8 GB on a number of 255 bits behind the bit that says so. */
function readNumber(bytes: Buffer, at: number, length: number): number {
  if (((bytes[at] ?? 0) & 0x80) !== 0) return bytes.readUIntBE(at + length - 6, 6);
  const text = readText(bytes, at, length).trim();
  return text === '' ? 0 : /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

function requireChecksum(header: Buffer, at: number): void {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  if (readNumber(header, 148, 8) !== sum) throw damaged(`the header at byte ${at} has a wrong checksum`);
}

/** Records of the form `<length> <name>=<value>\n`. */
function readPaxRecords(content: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = Number(content.toString('latin1', at, space));
    if (space === -1 || !Number.isInteger(length) || length < 4 || at + length > content.length) {
      throw damaged('a header of long names is damaged');
    }
    const [name = '', value = ''] = content.toString('utf8', space + 1, at + length - 1).split(/=(.*)/s);
    records.set(name, value);
    at += length;
  }
  return records;
}

function damaged(what: string): CliError {
  return new CliError(`A layer of the base image is no whole tar archive: ${what}.`, 'Choose another image by --base.');
}
