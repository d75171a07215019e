import { writeFile } from 'node:fs/promises';
import createWabt from 'wabt';
import { resizeWat } from './resize-wat.ts';

const lineLength = 112;

/** The source of `resize-module.ts`: the assembled module as text, so that it is one with the code that calls it. */
export async function writeResizeModule(): Promise<string> {
  const wabt = await createWabt();
  const parsed = wabt.parseWat('resize.wat', resizeWat, { simd: true });
  try {
    parsed.validate();
    const base64 = Buffer.from(parsed.toBinary({ write_debug_names: false }).buffer).toString('base64');
    const lines = base64.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
    return [
      '/** What `build.ts` assembles of `resize-wat.ts`. */',
      'export const resizeModule = Buffer.from(',
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

if (import.meta.main) {
  await writeFile(new URL('./resize-module.ts', import.meta.url), await writeResizeModule());
}
