import { list, type Node, scalar, textOf, toPlain } from '../../yaml/node.ts';
import { type CallSite, expected, type IntrinsicFunction, MAX_TEXT_LENGTH, TOO_LONG } from './function.ts';

/** Functions that make or take apart text. */
export const TEXT_FUNCTIONS: [string, IntrinsicFunction][] = [
  ['Fn::Join', join],
  ['Fn::Split', split],
  ['Fn::Base64', base64],
  ['Fn::ToJsonString', (argument, site) => scalar(site.line, JSON.stringify(toPlain(argument)))],
];

function join(argument: Node, site: CallSite): Node {
  const [delimiter, values] = pair(argument);
  const between = delimiter?.kind === 'scalar' ? delimiter.text : undefined;
  if (between === undefined || values?.kind !== 'list')
    return site.refuse(expected('[delimiter, list of texts]', argument));
  const texts = values.items.map(textOf);
  const wrong = texts.indexOf(undefined);
  if (wrong >= 0) return site.refuse(`value ${wrong}, ${expected('text', values.items[wrong])}`);
  const length = texts.reduce((sum, text = '') => sum + text.length + between.length, 0);
  return length > MAX_TEXT_LENGTH ? site.refuse(TOO_LONG) : scalar(site.line, texts.join(between));
}

const SPLIT =
  'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';

function split(argument: Node, site: CallSite): Node {
  const [delimiter, source] = pair(argument);
  const between = textOf(delimiter);
  const text = textOf(source);
  if (!between || text === undefined) return site.refuse(expected('[delimiter, text]', argument), SPLIT);
  return list(
    site.line,
    text.split(between).map((part) => scalar(site.line, part)),
  );
}

function base64(argument: Node, site: CallSite): Node {
  const text = textOf(argument);
  if (text === undefined) return site.refuse(expected('text', argument));
  return scalar(site.line, Buffer.from(text).toString('base64'));
}

function pair(argument: Node): readonly Node[] {
  return argument.kind === 'list' && argument.items.length === 2 ? argument.items : [];
}
