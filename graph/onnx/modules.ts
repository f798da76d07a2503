import type { Layer, Operator, Scope, Value } from '../graph.ts';

interface Layers {
  readonly layers: Layer[];
  readonly scopes: Scope[];
  /** The scope of each operator. */
  readonly scopeOf: number[];
  readonly layerOfParameter: Map<number, number>;
}

/**
 * Layers of a graph whose operators are all that is known. Exporters write the path of the module into an operator's
 * name (`/features/features.0/Conv`): each path becomes a group, and each operator that has no such path a layer of its own.
 */
export function layersByName(model: string, operators: readonly Operator[], values: readonly Value[], inputs: readonly number[], outputs: readonly number[]): Layers {
  const groups = new Map<string, { path: string; name: string; parent: string | undefined; operators: Operator[]; children: number }>();
  groups.set('', { path: '', name: '', parent: undefined, operators: [], children: 0 });
  for (const operator of operators) {
    const parts = operator.name.split('/').filter(Boolean).slice(0, -1);
    let path = '';
    for (const part of parts) {
      const parent = path;
      path = path === '' ? part : `${path}/${part}`;
      if (!groups.has(path)) {
        groups.set(path, { path, name: part, parent, operators: [], children: 0 });
        groups.get(parent)!.children++;
      }
    }
    groups.get(path)!.operators.push(operator);
  }

  const layers: Layer[] = [];
  const scopes: Scope[] = [];
  const scopeOf: number[] = [];
  const members: Operator[][] = [];
  const scopeOfGroup = new Map<string, number>();
  const layerOfParameter = new Map<number, number>();
  const add = (layer: Omit<Layer, 'id' | 'parent' | 'parameters' | 'configuration'>, parent: number | undefined, own: readonly Operator[], configuration: Layer['configuration']): number => {
    const id = layers.length;
    const parameters: number[] = [];
    for (const operator of own) {
      scopeOf[operator.id] = id;
      for (const input of operator.inputs) {
        const parameter = input === undefined ? undefined : values[input].parameter;
        if (parameter === undefined || layerOfParameter.has(parameter)) continue;
        layerOfParameter.set(parameter, id);
        parameters.push(parameter);
      }
    }
    layers.push({ id, ...layer, ...(parent === undefined ? {} : { parent }), configuration, parameters });
    scopes.push({ id, layer: id, ...(parent === undefined ? {} : { parent }), inputs: [], outputs: [] });
    members.push([...own]);
    for (let above = parent; above !== undefined; above = scopes[above].parent) members[above].push(...own);
    return id;
  };
  const open = (path: string): number => {
    const known = scopeOfGroup.get(path);
    if (known !== undefined) return known;
    const group = groups.get(path)!;
    const parent = group.parent === undefined ? undefined : open(group.parent);
    const leaf = group.children === 0 && path !== '';
    const [only] = group.operators;
    const single = leaf && group.operators.length === 1;
    const id = add({ name: path === '' ? model : group.name, path, type: path === '' ? 'Model' : single ? only.type : group.name, listed: leaf }, parent, leaf ? group.operators : [], single ? plain(only) : {});
    scopeOfGroup.set(path, id);
    return id;
  };

  open('');
  // in the order of first use, so that the list of layers reads as the model runs
  for (const operator of operators) {
    const path = operator.name.split('/').filter(Boolean).slice(0, -1).join('/');
    const scope = open(path);
    const group = groups.get(path)!;
    if (group.children === 0 && path !== '') continue;
    const name = operator.name.split('/').at(-1)! || operator.type;
    add({ name, path: path === '' ? name : `${path}/${name}`, type: operator.type, listed: true }, scope, [operator], plain(operator));
  }
  const consumers = values.map(() => [] as number[]);
  for (const operator of operators) for (const input of operator.inputs) if (input !== undefined) consumers[input].push(operator.id);
  const finals = new Set(outputs);
  const bordered = scopes.map((scope): Scope => {
    if (scope.id === 0) return { ...scope, inputs, outputs };
    const inside = new Set(members[scope.id].map(({ id }) => id));
    const made = new Set(members[scope.id].flatMap((operator) => operator.outputs));
    const taken = members[scope.id].flatMap((operator) => operator.inputs.filter((input) => input !== undefined && !made.has(input) && values[input].parameter === undefined && !values[input].constant) as number[]);
    return { ...scope, inputs: [...new Set(taken)], outputs: [...made].filter((value) => finals.has(value) || consumers[value].some((consumer) => !inside.has(consumer))) };
  });
  return { layers, scopes: bordered, scopeOf, layerOfParameter };
}

/** An operator's attributes as a configuration to show; tensors are left out. */
function plain(operator: Operator): Layer['configuration'] {
  return Object.fromEntries(Object.entries(operator.attributes).flatMap(([name, value]) => (typeof value === 'object' && !Array.isArray(value) ? [] : [[name, value as Layer['configuration'][string]]])));
}
