import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { docker, startDocker } from './docker.ts';

/** Paths of an image's files, with their sizes; directories end with a slash. */
export async function sizesIn(image: string): Promise<ReadonlyMap<string, number>> {
  const container = await docker(['create', image, 'none']);
  try {
    const archive = startDocker(['export', container]);
    const sizes = new Map<string, number>();
    let rest = Buffer.alloc(0);
    let skip = 0;
    for await (const chunk of archive.stdout as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk.subarray(Math.min(skip, chunk.length))]);
      skip -= Math.min(skip, chunk.length);
      // Of a tar archive's 512-byte headers: the name at 0, the size in octal at 124, the prefix of the name at 345.
      while (skip === 0 && rest.length >= 512) {
        const text = (start: number, end: number) => rest.toString('latin1', start, end).replace(/\0.*$/s, '');
        const name = [text(345, 500), text(0, 100)].filter((part) => part !== '').join('/');
        const size = Number.parseInt(text(124, 136), 8) || 0;
        if (name !== '') sizes.set(name, size);
        const record = 512 + Math.ceil(size / 512) * 512;
        skip = Math.max(0, record - rest.length);
        rest = rest.subarray(record);
      }
    }
    return sizes;
  } finally {
    await docker(['rm', container]);
  }
}

/** Paths of an image's files. */
export async function filesIn(image: string): Promise<readonly string[]> {
  return [...(await sizesIn(image)).keys()];
}

/** What an engine adds to every container. */
export function isDockersOwn(path: string): boolean {
  return /^(\.dockerenv|dev\/|proc\/|sys\/|etc\/(hostname|hosts|mtab|resolv\.conf)$)/.test(path);
}

/** Bytes of the image as a registry keeps it. */
export async function compressedSize(image: string): Promise<number> {
  const saved = startDocker(['save', image]);
  const compressed = saved.stdout.pipe(createGzip());
  let size = 0;
  compressed.on('data', (chunk: Buffer) => {
    size += chunk.length;
  });
  await Promise.all([finished(compressed), once(saved, 'exit')]);
  return size;
}
