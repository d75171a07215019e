// Node's own types leave these out; with the DOM library they would come together with a whole browser.
declare namespace WebAssembly {
  function validate(bytes: Uint8Array): boolean;
  class Memory {
    /** A `shared` one has a SharedArrayBuffer, which views take as well. */
    constructor(descriptor: { readonly initial: number; readonly maximum?: number; readonly shared?: boolean });
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports?: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
