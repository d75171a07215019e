import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { type ModelKernels, modelKernels } from '../kernels/model-kernels.ts';

/** The parts of TF.js's Emscripten module that its types leave out. */
interface EmscriptenModule {
  readonly asm: { readonly memory: WebAssembly.Memory };
  readonly HEAPF32: Float32Array;
  _malloc(sizeInBytes: number): number;
  _free(address: number): void;
}

/** The kernels on the memory of one TF.js WASM backend, with what they keep there beside its tensors. */
export class KernelMemory {
  readonly kernels: ModelKernels;
  readonly #backend: BackendWasm;
  readonly #module: EmscriptenModule;
  readonly #derived = new Map<DataId, number>();
  readonly #scratch = new Map<string, { address: number; sizeInBytes: number }>();

  constructor(backend: BackendWasm) {
    this.#backend = backend;
    this.#module = backend.wasm as unknown as EmscriptenModule;
    this.kernels = modelKernels.instantiate(this.#module.asm.memory);
    const disposeData = backend.disposeData.bind(backend);
    backend.disposeData = (dataId, force) => {
      const isGone = disposeData(dataId, force);
      if (isGone) this.#forget(dataId);
      return isGone;
    };
  }

  /** The whole memory as floats; fetched anew at each use, since memory that grows gets a new buffer. */
  get floats(): Float32Array {
    return this.#module.HEAPF32;
  }

  addressOf(tensor: TensorInfo): number {
    return this.#backend.getMemoryOffset(tensor.dataId);
  }

  /** Room for `lengthInFloats` floats, shared by all calls with this `purpose`; its content lasts until the next one. */
  scratch(purpose: string, lengthInFloats: number): number {
    const sizeInBytes = lengthInFloats * Float32Array.BYTES_PER_ELEMENT;
    const kept = this.#scratch.get(purpose);
    if (kept !== undefined && kept.sizeInBytes >= sizeInBytes) return kept.address;
    if (kept !== undefined) this.#module._free(kept.address);
    this.#scratch.delete(purpose);
    const address = this.#allocate(sizeInBytes);
    this.#scratch.set(purpose, { address, sizeInBytes });
    return address;
  }

  /** A tensor's values in another layout, made by `fill` at the first call and freed with the tensor. */
  derive(
    tensor: TensorInfo,
    lengthInFloats: number,
    fill: (source: Float32Array, target: Float32Array) => void,
  ): number {
    const kept = this.#derived.get(tensor.dataId);
    if (kept !== undefined) return kept;
    const address = this.#allocate(lengthInFloats * Float32Array.BYTES_PER_ELEMENT);
    const length = tensor.shape.reduce((product, size) => product * size, 1);
    fill(this.#view(this.addressOf(tensor), length), this.#view(address, lengthInFloats));
    this.#derived.set(tensor.dataId, address);
    return address;
  }

  #view(address: number, length: number): Float32Array {
    return new Float32Array(this.floats.buffer, address, length);
  }

  #allocate(sizeInBytes: number): number {
    const address = this.#module._malloc(sizeInBytes) >>> 0;
    if (address === 0) throw new Error(`The WebAssembly memory has no room for another ${sizeInBytes} bytes.`);
    return address;
  }

  #forget(dataId: DataId): void {
    const address = this.#derived.get(dataId);
    if (address === undefined) return;
    this.#module._free(address);
    this.#derived.delete(dataId);
  }
}
