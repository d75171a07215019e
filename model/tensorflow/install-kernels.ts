import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  FusedConv2D,
  type FusedConv2DAttrs,
  type FusedConv2DInputs,
  FusedDepthwiseConv2D,
  type FusedDepthwiseConv2DAttrs,
  type FusedDepthwiseConv2DInputs,
  getKernel,
  type KernelConfig,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { fusedConv2d } from './fused-conv2d.ts';
import { fusedDepthwiseConv2d } from './fused-depthwise-conv2d.ts';
import { KernelMemory } from './kernel-memory.ts';

const backendName = 'wasm';
const memories = new WeakMap<BackendWasm, KernelMemory>();
let isInstalled = false;
let isInUse = true;

type Attempt = (
  memory: KernelMemory,
  args: Parameters<KernelConfig['kernelFunc']>[0],
  makeOutput: (shape: number[]) => TensorInfo,
) => TensorInfo | undefined;

function replace(kernelName: string, attempt: Attempt): void {
  const stock = getKernel(kernelName, backendName);
  if (stock === undefined) throw new Error(`TF.js's WASM backend has no kernel ${kernelName} to replace.`);
  unregisterKernel(kernelName, backendName);
  registerKernel({
    ...stock,
    kernelFunc(args) {
      if (!isInUse) return stock.kernelFunc(args);
      const backend = args.backend as BackendWasm;
      const makeOutput = (shape: number[]) => backend.makeOutput(shape, 'float32');
      return attempt(memoryOf(backend), args, makeOutput) ?? stock.kernelFunc(args);
    },
  });
}

function memoryOf(backend: BackendWasm): KernelMemory {
  const memory = memories.get(backend) ?? new KernelMemory(backend);
  memories.set(backend, memory);
  return memory;
}

/**
 * Puts the project's kernels before TF.js's own for fused convolutions; those that they don't cover still go to the stock
 * kernels. A second call does nothing.
 */
export function installKernels(): void {
  if (isInstalled) return;
  replace(FusedConv2D, (memory, { inputs, attrs }, makeOutput) =>
    fusedConv2d(memory, inputs as FusedConv2DInputs, attrs as unknown as FusedConv2DAttrs, makeOutput),
  );
  replace(FusedDepthwiseConv2D, (memory, { inputs, attrs }, makeOutput) =>
    fusedDepthwiseConv2d(
      memory,
      inputs as FusedDepthwiseConv2DInputs,
      attrs as unknown as FusedDepthwiseConv2DAttrs,
      makeOutput,
    ),
  );
  isInstalled = true;
}

/** Runs something on TF.js's own kernels alone, installed or not: TF.js has one table of kernels for all models of a process. */
export function onStockKernels<Result>(run: () => Result): Result {
  isInUse = false;
  try {
    return run();
  } finally {
    isInUse = true;
  }
}
