/** WebAssembly text of a local's value, of setting it, and of vectors in memory at a local's address and an offset from it. */
export const get = (name: string) => `(local.get $${name})`;
export const set = (name: string, value: string) => `(local.set $${name} ${value})`;
export const load = (address: string, offset: number) => `(v128.load offset=${offset} ${get(address)})`;
export const store = (address: string, offset: number, value: string) =>
  `(v128.store offset=${offset} ${get(address)} ${value})`;
export const zero = '(v128.const i64x2 0 0)';
