import { ImportError } from '../import-error.ts';
import { keyOfFunction, type OnnxFunction, type OnnxNode } from './onnx-model.ts';

const deepestCall = 16;
/** So many nodes no classifier has; functions that call each other twice could make billions of them. */
export const mostNodes = 50_000;

/** The nodes with every call of a function replaced by what the function does, under names of its own. */
export function inlineFunctions(nodes: readonly OnnxNode[], functions: ReadonlyMap<string, OnnxFunction>): OnnxNode[] {
  const inlined: OnnxNode[] = [];
  let calls = 0;

  const visit = (list: readonly OnnxNode[], rename: (name: string) => string, depth: number): void => {
    for (const node of list) {
      const called = functions.get(keyOfFunction(node.op, node.overload));
      if (called === undefined) {
        inlined.push({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) });
        if (inlined.length > mostNodes) throw tooLarge(`makes more than ${mostNodes} nodes`);
        continue;
      }
      if (depth === deepestCall) throw tooLarge(`calls functions ${deepestCall} deep`);
      if (++calls > mostNodes) throw tooLarge(`makes more than ${mostNodes} calls`);
      const outer = new Map<string, string>();
      called.inputs.forEach((name, at) => {
        outer.set(name, rename(node.inputs[at] ?? ''));
      });
      called.outputs.forEach((name, at) => {
        const result = node.outputs[at];
        if (result !== undefined && result !== '') outer.set(name, rename(result));
      });
      const prefix = `${node.name || node.op}:${calls}/`;
      const own = called.nodes.map((inner) => ({
        ...inner,
        attributes: inner.attributes.resolve(node.attributes, called.defaults),
      }));
      visit(own, (name) => (name === '' ? '' : (outer.get(name) ?? prefix + name)), depth + 1);
    }
  };
  visit(nodes, (name) => name, 0);
  return inlined;
}

function tooLarge(what: string): ImportError {
  return new ImportError(`The .onnx file ${what}.`, 'It is damaged, or no image classifier.');
}
