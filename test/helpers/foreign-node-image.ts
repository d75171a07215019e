const loadable = 1;
const interpreter = 3;
const headerSize = 64;
const segmentSize = 56;

/** How much of the fake program lies behind its last loadable segment. */
export const symbolsSizeInBytes = 5_000;

/** The files of a Node.js image of the architecture that this machine has not, each a stand-in that cannot run. */
export function foreignNodeImage(): {
  readonly platform: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Where the program looks for its loader, without the leading slash. */
  readonly loader: string;
} {
  const [architecture, triplet, loader] =
    process.arch === 'arm64'
      ? ['amd64', 'x86_64-linux-gnu', 'lib64/ld-linux-x86-64.so.2']
      : ['arm64', 'aarch64-linux-gnu', 'lib/ld-linux-aarch64.so.1'];
  const libraries = ['libc.so.6', 'libdl.so.2', 'libgcc_s.so.1', 'libm.so.6', 'libpthread.so.0', 'libstdc++.so.6'];
  const names = [...libraries, loader.replace(/.*\//, '')];
  return {
    platform: `linux/${architecture}`,
    files: {
      'usr/local/bin/node': elfFile(`/${loader}`),
      ...Object.fromEntries(names.map((name) => [`usr/lib/${triplet}/${name}`, Buffer.from(name)])),
    },
    loader,
  };
}

/** A 64-bit little-endian ELF file: header, two segments (loader's path, content), then symbols. */
function elfFile(loader: string): Buffer {
  const header = Buffer.alloc(headerSize);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeBigUInt64LE(BigInt(headerSize), 32); // program header table
  header.writeBigUInt64LE(123_456n, 40); // section header table
  header.writeUInt16LE(segmentSize, 54);
  header.writeUInt16LE(2, 56);
  header.writeUInt16LE(30, 60);
  const content = Buffer.alloc(3_000, 'content');
  const path = Buffer.from(`${loader}\0`);
  const start = headerSize + 2 * segmentSize;
  return Buffer.concat([
    header,
    segment(interpreter, start, path.length),
    segment(loadable, 0, start + path.length + content.length),
    path,
    content,
    Buffer.alloc(symbolsSizeInBytes, 'symbols'),
  ]);
}

function segment(type: number, start: number, size: number): Buffer {
  const bytes = Buffer.alloc(segmentSize);
  bytes.writeUInt32LE(type, 0);
  bytes.writeBigUInt64LE(BigInt(start), 8);
  bytes.writeBigUInt64LE(BigInt(size), 32);
  return bytes;
}
