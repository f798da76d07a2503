import type { AttributeMessage, FunctionMessage, NodeMessage } from './schema.ts';
import { FormatError } from './wire.ts';

/** A node with the version of ONNX's operators that it is written in: functions may have one of their own. */
export interface VersionedNode {
  readonly node: NodeMessage;
  readonly opset: number;
}

/** What files may nest and become: far beyond any model. */
const deepest = 64;
const mostNodes = 1_000_000;

/** The nodes of a model with those that call its own functions replaced by what the functions do. */
export function inlined(nodes: readonly NodeMessage[], functions: readonly FunctionMessage[], opset: number, file: string): VersionedNode[] {
  const byName = new Map(functions.map((one) => [keyOf(one.domain, one.name, one.overload), one]));
  if (byName.size === 0) return nodes.map((node) => ({ node, opset }));
  const made: VersionedNode[] = [];
  let calls = 0;
  const visit = (node: NodeMessage, version: number, depth: number): void => {
    const called = byName.get(keyOf(node.domain, node.type, node.overload));
    if (!called) {
      if (made.length >= mostNodes) throw new FormatError(`${file}: its functions make more than ${mostNodes} operators, which no model has`);
      made.push({ node, opset: version });
      return;
    }
    if (depth >= deepest) throw new FormatError(`${file}: the function ${called.name} calls itself, or nests too deeply`);
    const own = called.opsets.find(({ domain }) => !domain || domain === 'ai.onnx')?.version ?? version;
    const place = node.name || `${called.name}_${++calls}`;
    for (const inner of body(node, called, place)) visit(inner, own, depth + 1);
  };
  for (const node of nodes) visit(node, opset, 0);
  return made;
}

function keyOf(domain: string | undefined, name: string | undefined, overload: string | undefined): string {
  return JSON.stringify([domain ?? '', name ?? '', overload ?? '']);
}

/** The function's nodes with the call's tensors and attributes in the place of the function's own. */
function body(call: NodeMessage, { inputs, outputs, nodes, defaults }: FunctionMessage, place: string): NodeMessage[] {
  const tensors = new Map<string, string>([['', '']]);
  inputs.forEach((name, index) => tensors.set(name, call.inputs[index] ?? ''));
  outputs.forEach((name, index) => {
    // an output that is also an input, or that the call leaves out, keeps a name of its own
    if (call.outputs[index] && !tensors.has(name)) tensors.set(name, call.outputs[index]);
  });
  const named = (name: string): string => tensors.get(name) ?? `${place}/${name}`;
  const given = new Map([...defaults, ...call.attributes].map((attribute) => [attribute.name ?? '', attribute]));
  const handed = outputs.flatMap((name, index): NodeMessage[] => (inputs.includes(name) && call.outputs[index]
    ? [{ inputs: [named(name)], outputs: [call.outputs[index]], type: 'Identity', name: `${place}/${name}`, attributes: [], metadata: [] }] : []));
  return [...nodes.map((node, index): NodeMessage => ({
    ...node, name: `${place}/${node.name || `${node.type}_${index}`}`, inputs: node.inputs.map(named), outputs: node.outputs.map(named),
    attributes: node.attributes.flatMap((attribute): AttributeMessage[] => {
      if (!attribute.reference) return [attribute];
      const value = given.get(attribute.reference);
      return value ? [{ ...value, name: attribute.name }] : [];
    }),
  })), ...handed];
}
