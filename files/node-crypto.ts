/** Node's cryptography, loaded when it is asked for: a start that hashes nothing does without what it takes to load. */
export function nodeCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}
