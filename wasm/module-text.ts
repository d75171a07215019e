/** WebAssembly text of a module made of parts, on a memory that whoever instantiates it gives. */
export function moduleText(parts: readonly string[]): string {
  return `(module (import "env" "memory" (memory 1))\n${parts.join('\n')}\n)`;
}
