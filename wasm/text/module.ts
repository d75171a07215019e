import type { Kernel } from './kernel.ts';

/** As many pages as a memory can have. */
const mostPages = 65_536;

/**
 * WebAssembly text of a module of these functions, on a memory that whoever instantiates it gives.
 * @param sharesMemory whether that is one which threads share: a module takes either kind, never both
 */
export function moduleText(kernels: readonly Kernel[], sharesMemory = false): string {
  const memory = sharesMemory ? `1 ${mostPages} shared` : '1';
  return `(module (import "env" "memory" (memory ${memory}))\n${kernels.map(({ text }) => text).join('\n')}\n)`;
}
