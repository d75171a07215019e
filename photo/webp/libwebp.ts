import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { corruptPhoto } from '../photo-error.ts';

/** Four bytes a pixel, alpha last and not multiplied in. */
export interface RgbaPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

interface Libwebp {
  decode(webp: Uint8Array): RgbaPixels | null;
}

/** Up to four megapixels, which leaves an instance of some 50 MB. */
const largestKeptInBytes = 16_000_000;

let instance: Promise<Libwebp> | undefined;

/**
 * Decodes one still WebP by libwebp, compiled to WebAssembly.
 * @param wasmFile where that lies; the same in every call of a process
 * @throws PhotoError `corrupt` where libwebp rejects it
 */
export async function decodeByLibwebp(webp: Uint8Array, wasmFile = packagedWasmFile()): Promise<RgbaPixels> {
  instance ??= instantiate(wasmFile);
  const current = instance;
  try {
    const pixels = (await current).decode(webp);
    // Its memory only grows: after a large picture the next one gets a new one, and this is given back.
    if (pixels !== null && pixels.data.length > largestKeptInBytes && instance === current) instance = undefined;
    if (pixels === null) throw corruptPhoto('The WebP is damaged.');
    return pixels;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
    // After a trap the instance's memory can't be trusted: the next photo gets a new one.
    if (instance === current) instance = undefined;
    throw corruptPhoto('The WebP is damaged: its decoder gave up.', error);
  }
}

function packagedWasmFile(): string {
  return createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm');
}

async function instantiate(wasmFile: string): Promise<Libwebp> {
  try {
    // Imported here: a script of CommonJS, which the service starts from, would get another default by `require`.
    const { default: createModule } = await import('@jsquash/webp/codec/dec/webp_dec.js');
    // Given as bytes, since the module would otherwise fetch its file, which Node refuses for file URLs.
    return await createModule({ noInitialRun: true, wasmBinary: await readFile(wasmFile) });
  } catch (error) {
    instance = undefined;
    throw error;
  }
}
