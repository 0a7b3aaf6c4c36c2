import { fields, list, type Node, scalar } from './node.ts';

const functionTags = new Map(
  [
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
  ].map((name) => [`!${name}`, `Fn::${name}`]),
);

/** The full name that a short tag stands for, e.g. `Fn::Sub` of `!Sub`. */
export function longName(tag: string): string | undefined {
  if (tag === '!Ref') return 'Ref';
  if (tag === '!Condition') return 'Condition';
  return functionTags.get(tag);
}

export const shortTags = ['!Ref', '!Condition', ...functionTags.keys()];

/** `{ name: argument }`, with GetAtt's dotted form turned into its list form. */
export function longForm(name: string, argument: Node): Node {
  return fields(argument.line, { [name]: name === 'Fn::GetAtt' ? getAttList(argument) : argument });
}

function getAttList(argument: Node): Node {
  if (argument.kind !== 'scalar') return argument;
  const dot = argument.text.indexOf('.');
  if (dot < 0) return argument;
  const parts = [argument.text.slice(0, dot), argument.text.slice(dot + 1)];
  return list(
    argument.line,
    parts.map((part) => scalar(argument.line, part)),
  );
}
