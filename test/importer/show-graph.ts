import { type Attribute, type GraphNode, isConstant, type Window } from '../../importer/graph/node.ts';

/** As many values of a constant as a test may want to read. */
const mostShown = 40;

/**
 * A node and what it is made from, as a line: `Slice[1,3](x, {0 1}, {-1 3})`. Whole numbers and real ones look alike; shapes
 * of the model's input are left out.
 */
export function showGraph(node: GraphNode): string {
  if (isConstant(node)) return `{${Array.from(node.values.slice(0, mostShown), round).join(' ')}}`;
  if (node.op === 'Placeholder') return node.name;
  const { op, shape, inputs, attributes, window } = node;
  const attribute = Object.entries(attributes).map(([name, value]) => ` ${name}=${showAttribute(value)}`);
  const activation = node.activation === undefined ? '' : `+${Object.values(node.activation).join(' ')}`;
  const where = window === undefined ? '' : showWindow(window);
  return `${op}${activation}[${shape}]${attribute.join('')}${where}(${inputs.map(showGraph).join(', ')})`;
}

/** Numbers from a table of a test: '1,-1' is [1, -1], '' is []. */
export function readNumbers(text: string): number[] {
  return text === '' ? [] : text.split(',').map(Number);
}

function showAttribute(attribute: Attribute): string {
  const [value] = Object.values(attribute) as readonly unknown[];
  return Array.isArray(value) ? value.join(',') : String(value);
}

function showWindow({ strides, dilations, padding }: Window): string {
  const zeros = typeof padding === 'string' ? padding : Object.values(padding).join(',');
  return ` by ${strides.join('x')} dilated ${dilations.join('x')} in ${zeros}`;
}

/** Single-precision numbers as a person would write them. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
