import type { Kernel } from './kernel.ts';

/** WebAssembly text of a module of these functions, on a memory that whoever instantiates it gives. */
export function moduleText(kernels: readonly Kernel[]): string {
  return `(module (import "env" "memory" (memory 1))\n${kernels.map(({ text }) => text).join('\n')}\n)`;
}
