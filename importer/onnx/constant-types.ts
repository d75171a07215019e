import type { OnnxNode } from './onnx-model.ts';

/** ONNX's number of the type of each constant, which a node of ours does not keep. */
export class ConstantTypes {
  readonly #byName = new Map<string, number>();

  set(name: string, type: number): void {
    this.#byName.set(name, type);
  }

  /** 0 where it is not known. */
  of(name: string): number {
    return this.#byName.get(name) ?? 0;
  }

  /** Of a constant that a node makes of others: what a Cast says, and else what it is made of. */
  note(name: string, { op, attributes, inputs, outputs }: OnnxNode): void {
    const kept = this.of(outputs[0] ?? '') || this.of(inputs[0] ?? '');
    this.#byName.set(name, op === 'Cast' ? attributes.integer('to', 1) : kept);
  }
}
