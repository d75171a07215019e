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

type Attempt = (
  memory: KernelMemory,
  args: Parameters<KernelConfig['kernelFunc']>[0],
  makeOutput: (shape: number[]) => TensorInfo,
) => TensorInfo | undefined;

function replace(kernelName: string, module: WebAssembly.Module, attempt: Attempt): void {
  const stock = getKernel(kernelName, backendName);
  if (stock === undefined) throw new Error(`TF.js's WASM backend has no kernel ${kernelName} to replace.`);
  unregisterKernel(kernelName, backendName);
  registerKernel({
    ...stock,
    setupFunc(backend) {
      stock.setupFunc?.(backend);
      const wasm = backend as BackendWasm;
      if (!memories.has(wasm)) memories.set(wasm, new KernelMemory(wasm, module));
    },
    kernelFunc(args) {
      const backend = args.backend as BackendWasm;
      const memory = memories.get(backend);
      const makeOutput = (shape: number[]) => backend.makeOutput(shape, 'float32');
      return (memory && attempt(memory, args, makeOutput)) ?? stock.kernelFunc(args);
    },
  });
}

/**
 * Puts the kernels of kernels.wasm before TF.js's own for fused convolutions; those that they don't cover still go to the
 * stock kernels. Call it before the WASM backend starts; a second call does nothing.
 */
export function installKernels(module: WebAssembly.Module): void {
  if (isInstalled) return;
  replace(FusedConv2D, module, (memory, { inputs, attrs }, makeOutput) =>
    fusedConv2d(memory, inputs as FusedConv2DInputs, attrs as unknown as FusedConv2DAttrs, makeOutput),
  );
  replace(FusedDepthwiseConv2D, module, (memory, { inputs, attrs }, makeOutput) =>
    fusedDepthwiseConv2d(
      memory,
      inputs as FusedDepthwiseConv2DInputs,
      attrs as unknown as FusedDepthwiseConv2DAttrs,
      makeOutput,
    ),
  );
  isInstalled = true;
}
