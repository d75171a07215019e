// What the bench takes of onnxruntime-web: it is installed in bench/ alone, and the types of the project are checked without it.
declare module 'onnxruntime-web/wasm' {
  export const env: { readonly wasm: { numThreads?: number } };

  export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: readonly number[]);
  }

  export class InferenceSession {
    readonly inputNames: readonly string[];
    static create(
      model: Uint8Array,
      options?: { readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[] },
    ): Promise<InferenceSession>;
    run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, unknown>>>;
  }
}
