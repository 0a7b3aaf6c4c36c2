import { type Node, scalar, textOf } from '../../yaml/node.ts';
import { attributeName } from '../references.ts';
import { subParts, subPieces } from '../sub-text.ts';
import { type CallSite, expected, type IntrinsicFunction, MAX_TEXT_LENGTH, TOO_LONG } from './function.ts';

/** Functions that name something of the template. */
export const REFERENCE_FUNCTIONS: [string, IntrinsicFunction][] = [
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::Sub', sub],
  ['Fn::FindInMap', findInMap],
  ['Fn::ImportValue', importValue],
];

function ref(argument: Node, site: CallSite): Node {
  const name = textOf(argument);
  if (name === undefined) return site.refuse(expected('a name', argument));
  return site.scope.ref(name, site.line, site.complain);
}

const GETATT =
  'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute';

function getAtt(argument: Node, site: CallSite): Node {
  const name = attributeName(argument);
  if (name === undefined || (argument.kind === 'list' && !isPair(argument.items, site)))
    return site.refuse(expected('Resource.Attribute or [Resource, Attribute]', argument), GETATT);
  return site.scope.attribute(name, site.line, site.complain);
}

function isPair(items: readonly Node[], { scope }: CallSite): boolean {
  return items.length === 2 || scope.isMadeName(items.slice(0, 2).map(textOf).join('.'));
}

function sub(argument: Node, site: CallSite): Node {
  const parts = subParts(argument);
  if (!parts) return site.refuse(expected('text, or [text, map of its variables]', argument));
  let text = '';
  for (const piece of subPieces(parts.text)) {
    if ('literal' in piece) {
      text += piece.literal;
      continue;
    }
    const value = parts.variables.get(piece.name) ?? valueNamed(piece.name, site);
    if (value.kind === 'unknown') return value;
    const put = textOf(value);
    if (put === undefined) return site.refuse(`\${${piece.name}}, ${expected('text', value)}`);
    text += put;
    if (text.length > MAX_TEXT_LENGTH) return site.refuse(TOO_LONG);
  }
  return scalar(site.line, text);
}

function valueNamed(name: string, site: CallSite): Node {
  if (!/^[\w:.]+$/.test(name))
    return site.refuse(`\${${name}}, expected a name; write \${!${name}} for the text itself`);
  return name.includes('.') && !site.scope.isMadeName(name)
    ? site.scope.attribute(name, site.line, site.complain)
    : site.scope.ref(name, site.line, site.complain);
}

function importValue(argument: Node, site: CallSite): Node {
  const name = textOf(argument);
  if (name === undefined) return site.refuse(expected('the name of an export', argument));
  return site.scope.imported(name, site.line, site.complain);
}

/** The fourth argument, a default, is of AWS::LanguageExtensions. */
function findInMap(argument: Node, site: CallSite): Node {
  const [mapName, topKey, secondKey, options] = argument.kind === 'list' ? argument.items : [];
  const path = [mapName, topKey, secondKey].map(textOf);
  if (path.includes(undefined))
    return site.refuse(expected('[MapName, TopLevelKey, SecondLevelKey]', argument));
  let found: Node | undefined = site.scope.mappings;
  for (const key of path) found = found?.kind === 'fields' ? found.entries.get(key ?? '') : undefined;
  found ??= options?.kind === 'fields' ? options.entries.get('DefaultValue') : undefined;
  return (
    found ??
    site.refuse(
      `the Mappings have no ${path.join('.')}`,
      `Template error: Unable to get mapping for ${path.join('::')}`,
    )
  );
}
