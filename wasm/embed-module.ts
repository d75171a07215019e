import createWabt from 'wabt';

const lineLength = 112;

/**
 * The source of a TypeScript file that exports, as `name`, what WebAssembly text assembles to: a small module that is one
 * with the code that calls it needs no file of its own beside the bundle.
 */
export async function embedModule(name: string, wat: string): Promise<string> {
  const wabt = await createWabt();
  const parsed = wabt.parseWat(`${name}.wat`, wat, { simd: true });
  try {
    parsed.validate();
    const base64 = Buffer.from(parsed.toBinary({ write_debug_names: false }).buffer).toString('base64');
    const lines = base64.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
    return [
      '/** What the WebAssembly text beside it assembles to: see `build.ts`. */',
      `export const ${name} = Buffer.from(`,
      '  [',
      ...lines.map((line) => `    '${line}',`),
      "  ].join(''),",
      "  'base64',",
      ');',
      '',
    ].join('\n');
  } finally {
    parsed.destroy();
  }
}
