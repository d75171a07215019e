// What the bench takes of its peers: they are installed in bench/ alone, and the types of the project are checked without them.
declare module 'onnxruntime-web/wasm' {
  export const env: { readonly wasm: { numThreads?: number } };

  export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: readonly number[]);
    readonly data: unknown;
  }

  export class InferenceSession {
    readonly inputNames: readonly string[];
    readonly outputNames: readonly string[];
    static create(
      model: Uint8Array,
      options?: { readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[] },
    ): Promise<InferenceSession>;
    run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  }
}

declare module 'onnxruntime-node' {
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: readonly number[]);
    readonly data: unknown;
  }

  export class InferenceSession {
    readonly inputNames: readonly string[];
    readonly outputNames: readonly string[];
    static create(file: string, options: { readonly intraOpNumThreads: number }): Promise<InferenceSession>;
    run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  }
}

declare module '@litertjs/core' {
  export class Tensor {
    constructor(data: Float32Array, shape: readonly number[]);
    toTypedArray(): Float32Array;
    delete(): void;
  }

  export function loadLiteRt(directory: string, options: { readonly threads: boolean }): Promise<unknown>;
  export function loadAndCompile(
    model: Uint8Array,
    options: { readonly accelerator: 'wasm' },
  ): Promise<{ run(inputs: readonly Tensor[]): Promise<readonly Tensor[]> }>;
}

declare module 'sharp' {
  interface Sharp {
    toColourspace(name: 'srgb'): Sharp;
    removeAlpha(): Sharp;
    resize(width: number, height: number, options: { readonly fit: 'fill'; readonly kernel: 'nearest' }): Sharp;
    raw(): Sharp;
    toBuffer(): Promise<Buffer>;
  }
  function sharp(photo: Uint8Array): Sharp;
  namespace sharp {
    function concurrency(threads: number): number;
  }
  export = sharp;
}
