import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeUtf8 } from '../text-file.ts';
import type { Problems } from './problems.ts';
import type { Template } from './sections.ts';
import { evaluate } from './values/intrinsics.ts';
import type { ParameterScope } from './values/parameter-scope.ts';
import { callOf } from './yaml/call.ts';
import { at, describe, entryOf, type Fields, fields, list, type Node, scalar, textOf } from './yaml/node.ts';
import { parseYaml } from './yaml/read-yaml.ts';

interface Surroundings {
  /** Of the template. */
  folder: string;
  scope: ParameterScope;
  problems: Problems;
  hasExtensions: boolean;
  /** Takes the path of every file that is read. */
  onFile(file: string): void;
}

/** Values of the loops around a place, by their identifiers. */
type LoopValues = ReadonlyMap<string, string>;

/**
 * The template with its loops written out (template reference, "Fn::ForEach", of AWS::LanguageExtensions) and with the content
 * of local files where AWS::Include names one, as `sam package` would upload them.
 */
export function expandMacros(template: Template, around: Omit<Surroundings, 'hasExtensions'>): Template {
  const hasExtensions = template.transforms.includes('AWS::LanguageExtensions');
  const expand = (section: Fields) => expandFields(section, new Map(), { ...around, hasExtensions });
  const { conditions, resources, outputs } = template;
  return {
    ...template,
    conditions: expand(conditions),
    resources: expand(resources),
    outputs: expand(outputs),
  };
}

function expandNode(node: Node, values: LoopValues, around: Surroundings): Node {
  if (node.kind === 'scalar' && typeof node.value === 'string' && values.size > 0)
    return scalar(node.line, withValues(node.text, values));
  if (node.kind === 'list')
    return list(
      node.line,
      node.items.map((item) => expandNode(item, values, around)),
    );
  if (node.kind !== 'fields') return node;
  const call = callOf(node);
  const value = call?.name === 'Ref' ? values.get(textOf(call.argument) ?? '') : undefined;
  return value === undefined ? expandFields(node, values, around) : scalar(node.line, value);
}

function expandFields(node: Fields, values: LoopValues, around: Surroundings): Fields {
  const entries = new Map<string, Node>();
  for (const [key, value] of node.entries) {
    const included = key === 'Fn::Transform' ? includedFile(value, around) : undefined;
    if (included)
      for (const [name, item] of expandFields(included, values, around).entries) entries.set(name, item);
    else if (key.startsWith('Fn::ForEach::'))
      for (const [name, item] of loopEntries(key, value, values, around)) entries.set(name, item);
    else entries.set(withValues(key, values), expandNode(value, values, around));
  }
  return { ...node, entries };
}

function loopEntries(key: string, node: Node, values: LoopValues, around: Surroundings): [string, Node][] {
  const { problems, scope, hasExtensions } = around;
  const name = key.slice('Fn::ForEach::'.length);
  const complain = problems.about(name);
  if (!hasExtensions) complain(node.line, 'Fn::ForEach needs "Transform: AWS::LanguageExtensions"');
  const [identifierNode, collectionNode, body, ...more] = node.kind === 'list' ? node.items : [];
  const identifier = textOf(identifierNode);
  if (identifier === undefined || !collectionNode || body?.kind !== 'fields' || more.length > 0) {
    complain(node.line, `Fn::ForEach: expected [identifier, list, map], found ${describe(node)}`);
    return [];
  }
  const collection = evaluate(expandNode(collectionNode, values, around), scope, complain);
  // Told by name among the resources, with what it would take to know it.
  if (collection.kind === 'unknown')
    return [[name, fields(node.line, { Type: scalar(node.line, 'Fn::ForEach') })]];
  const items = collection.kind === 'list' ? collection.items.map(textOf) : [];
  if (collection.kind !== 'list' || items.includes(undefined)) {
    complain(collectionNode.line, `Fn::ForEach: expected a list of texts, found ${describe(collection)}`);
    return [];
  }
  return items.flatMap((item = '') => [
    ...expandFields(body, new Map([...values, [identifier, item]]), around).entries,
  ]);
}

/** `${Name}` gives the value, `&{Name}` its letters and digits alone. */
function withValues(text: string, values: LoopValues): string {
  if (values.size === 0) return text;
  return text.replaceAll(/([$&])\{(\w+)\}/g, (whole, sign: string, name: string) => {
    const value = values.get(name);
    if (value === undefined) return whole;
    return sign === '&' ? value.replaceAll(/[^A-Za-z0-9]/g, '') : value;
  });
}

/** The content of a local file that AWS::Include names, told as standing on the line of the call. */
function includedFile(transform: Node, { folder, problems, onFile }: Surroundings): Fields | undefined {
  const location = textOf(entryOf(entryOf(transform, 'Parameters'), 'Location'));
  if (textOf(entryOf(transform, 'Name')) !== 'AWS::Include' || location === undefined) return undefined;
  const file = resolve(folder, location);
  if (/^\w+:\/\//.test(location) || !existsSync(file) || !statSync(file).isFile()) return undefined;
  onFile(file);
  const root = parseYaml(decodeUtf8(readFileSync(file)), problems);
  return root?.kind === 'fields' ? onLine(root, transform.line) : undefined;
}

function onLine(node: Fields, line: number): Fields {
  const moved = (inside: Node): Node => {
    if (inside.kind === 'list') return list(line, inside.items.map(moved));
    return inside.kind === 'fields' ? onLine(inside, line) : at(line, inside);
  };
  return { ...node, line, entries: new Map([...node.entries].map(([key, value]) => [key, moved(value)])) };
}
