import { list, type Node, scalar, textOf } from '../../yaml/node.ts';
import { type CallSite, expected, type IntrinsicFunction } from './function.ts';

/** Functions that pick from a list or tell about one. */
export const CHOICE_FUNCTIONS: [string, IntrinsicFunction][] = [
  ['Fn::Select', select],
  ['Fn::Length', length],
  ['Fn::GetAZs', getAZs],
  ['Fn::Cidr', (_argument, site) => site.refuse('networks are not emulated')],
];

const SELECT =
  'Template error: Fn::Select requires a list argument with two elements: an integer index and a list';

function select(argument: Node, site: CallSite): Node {
  const [index, values] = argument.kind === 'list' && argument.items.length === 2 ? argument.items : [];
  const position = Number(textOf(index) ?? Number.NaN);
  if (!Number.isInteger(position) || position < 0 || values?.kind !== 'list')
    return site.refuse(expected('[index from 0, list]', argument), SELECT);
  return (
    values.items[position] ??
    site.refuse(`no value at index ${position} of a list of ${values.items.length}`, SELECT)
  );
}

function length(argument: Node, site: CallSite): Node {
  if (argument.kind !== 'list') return site.refuse(expected('a list', argument));
  return scalar(site.line, argument.items.length);
}

/** Each Region has at least three zones; an empty name means the stack's own Region. */
function getAZs(argument: Node, site: CallSite): Node {
  const region = textOf(argument) || textOf(site.scope.ref('AWS::Region', site.line, site.complain));
  return list(
    site.line,
    ['a', 'b', 'c'].map((zone) => scalar(site.line, `${region}${zone}`)),
  );
}
