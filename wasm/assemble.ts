import createWabt from 'wabt';

export interface AssembleOptions {
  /** Whether functions and locals keep their names, which profilers then show; a third more bytes. */
  readonly keepsNames?: boolean;
}

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
  const parsed = wabt.parseWat(`${name}.wat`, text, { simd: true, relaxed_simd: true, bulk_memory: true });
  try {
    if (keepsNames) parsed.generateNames();
    parsed.validate();
    return parsed.toBinary({ write_debug_names: keepsNames }).buffer;
  } finally {
    parsed.destroy();
  }
}
