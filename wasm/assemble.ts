import createWabt from 'wabt';

export interface AssembleOptions {
  /** Whether functions and locals keep their names, which profilers then show; a third more bytes. */
  readonly keepsNames?: boolean;
}

const features = { simd: true, relaxed_simd: true, bulk_memory: true, threads: true };

/**
 * The binary module of WebAssembly text.
 * @throws Error of wabt, with the line at fault, where the text is no valid module
 */
export async function assemble(
  name: string,
  text: string,
  { keepsNames = false }: AssembleOptions = {},
): Promise<Uint8Array> {
  const wabt = await createWabt();
  const parsed = wabt.parseWat(`${name}.wat`, text, features);
  // Its types leave out that it takes them, too, and allows no shared memory without.
  const validated: { validate(allowed: typeof features): void } = parsed;
  try {
    if (keepsNames) parsed.generateNames();
    validated.validate(features);
    return parsed.toBinary({ write_debug_names: keepsNames }).buffer;
  } finally {
    parsed.destroy();
  }
}
