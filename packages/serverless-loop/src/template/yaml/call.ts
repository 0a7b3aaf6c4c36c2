import { fields, list, type Node, scalar } from './node.ts';

/** An intrinsic function as it stands in the template, e.g. `{ "Fn::Sub": … }`. */
export interface Call {
  name: string;
  argument: Node;
  line: number;
}

/** The function call that a node is, or undefined for any other value. */
export function callOf(node: Node): Call | undefined {
  if (node.kind !== 'fields' || node.entries.size !== 1) return undefined;
  for (const [name, argument] of node.entries)
    if (name === 'Ref' || name.startsWith('Fn::')) return { name, argument, line: node.line };
  return undefined;
}

export function call(line: number, name: string, argument: Node): Node {
  return fields(line, { [name]: argument });
}

export function ref(line: number, logicalId: string): Node {
  return call(line, 'Ref', scalar(line, logicalId));
}

export function getAtt(line: number, logicalId: string, attribute: string): Node {
  return call(line, 'Fn::GetAtt', list(line, [scalar(line, logicalId), scalar(line, attribute)]));
}
