import { basename } from 'node:path';
import type { KernelSource } from './kernel-sources.ts';
import type { Kernel } from './text/kernel.ts';

const widestLine = 120;

/**
 * The TypeScript file that declares what a module exports, each kernel with its parameters by their names, and reads it when
 * it is first instantiated: from the descriptions that its text is made of, so that the two cannot differ.
 */
export function declareKernels({ name, textFile, declarationFile }: KernelSource, kernels: readonly Kernel[]): string {
  const constant = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const type = constant.replace(/^./, (letter) => letter.toUpperCase());
  const depth = declarationFile.split('/').length - 1;
  const line = `export const ${constant} = new KernelModule<${type}>(new URL('./${name}.wasm', import.meta.url));`;
  return [
    `// Written by "npm run wasm" from ${basename(textFile)}, which says what each kernel does.`,
    `import { KernelModule } from '${'../'.repeat(depth)}wasm/kernel-module.ts';`,
    '',
    `export interface ${type} {`,
    ...kernels.filter(({ isExported }) => isExported).map(signature),
    '}',
    '',
    line.length <= widestLine ? line : line.replace(/\(new URL.*\)\)/, (url) => `(\n  ${url.slice(1, -1)},\n)`),
    '',
  ].join('\n');
}

function signature({ name, parameters, result }: Kernel): string {
  const list = Object.keys(parameters).map((parameter) => `${parameter}: number`);
  const returned = result === undefined ? 'void' : 'number';
  const line = `  ${name}(${list.join(', ')}): ${returned};`;
  if (line.length <= widestLine) return line;
  return `  ${name}(\n${list.map((parameter) => `    ${parameter},\n`).join('')}  ): ${returned};`;
}
