import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { decodeUtf8 } from '../text-file.ts';
import type { Problems } from './problems.ts';
import { LOOP_TYPE } from './resource.ts';
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
  /** The files that lead here. */
  including: readonly string[];
  /** Counts what loops have written out, in all of the template. */
  written: { count: number };
  /** Takes the path of every file that is read. */
  onFile(file: string): void;
}

const LOOP = 'Fn::ForEach::';

/** More rounds than any template has room for: a few loops in each other go round millions of times. */
const MAX_ROUNDS = 10_000;

/** Values of the loops around a place, by their identifiers. */
type LoopValues = ReadonlyMap<string, string>;

/**
 * The template with its loops written out (template reference, "Fn::ForEach", of AWS::LanguageExtensions) and with the content
 * of local files where AWS::Include names one, as `sam package` would upload them.
 */
export function expandMacros(
  template: Template,
  around: Pick<Surroundings, 'folder' | 'scope' | 'problems' | 'onFile'>,
): Template {
  const hasExtensions = template.transforms.includes('AWS::LanguageExtensions');
  const whole = { ...around, hasExtensions, including: [], written: { count: 0 } };
  const expand = (section: Fields) => expandFields(section, new Map(), whole);
  const { conditions, resources, outputs } = template;
  return {
    ...template,
    conditions: withoutUnknownLoops(expand(conditions)),
    resources: withUnknownLoops(expand(resources)),
    outputs: withoutUnknownLoops(expand(outputs)),
  };
}

/** A loop over what can't be known stands among the resources, by its name; the ones that it would make are missing with it. */
function withUnknownLoops(section: Fields): Fields {
  const entries = [...section.entries].map(([key, node]): [string, Node] =>
    isUnknownLoop(key, node)
      ? [
          key.slice(LOOP.length),
          fields(node.line, {
            Type: scalar(node.line, LOOP_TYPE),
            Properties: fields(node.line, { Collection: node }),
          }),
        ]
      : [key, node],
  );
  return { ...section, entries: new Map(entries) };
}

/** Conditions and outputs of such a loop are missing without a word of their own. */
function withoutUnknownLoops(section: Fields): Fields {
  return {
    ...section,
    entries: new Map([...section.entries].filter(([key, node]) => !isUnknownLoop(key, node))),
  };
}

function isUnknownLoop(key: string, node: Node): boolean {
  return key.startsWith(LOOP) && node.kind === 'unknown';
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
    if (included) {
      const inside = { ...around, including: [...around.including, included.file] };
      for (const [name, item] of expandFields(included.content, values, inside).entries)
        entries.set(name, item);
    } else if (key.startsWith(LOOP))
      for (const [name, item] of loopEntries(key, value, values, around)) entries.set(name, item);
    else entries.set(withValues(key, values), expandNode(value, values, around));
  }
  return { ...node, entries };
}

function loopEntries(key: string, node: Node, values: LoopValues, around: Surroundings): [string, Node][] {
  const { problems, scope, hasExtensions } = around;
  const name = key.slice(LOOP.length);
  const complain = problems.about(name);
  if (!hasExtensions) complain(node.line, 'Fn::ForEach needs "Transform: AWS::LanguageExtensions"');
  const [identifierNode, collectionNode, body, ...more] = node.kind === 'list' ? node.items : [];
  const identifier = textOf(identifierNode);
  if (identifier === undefined || !collectionNode || body?.kind !== 'fields' || more.length > 0) {
    complain(node.line, `Fn::ForEach: expected [identifier, list, map], found ${describe(node)}`);
    return [];
  }
  const collection = evaluate(expandNode(collectionNode, values, around), scope, complain);
  if (collection.kind === 'unknown') return [[withValues(key, values), at(node.line, collection)]];
  const items = collection.kind === 'list' ? collection.items.map(textOf) : [];
  if (collection.kind !== 'list' || items.includes(undefined)) {
    complain(collectionNode.line, `Fn::ForEach: expected a list of texts, found ${describe(collection)}`);
    return [];
  }
  around.written.count += items.length;
  if (around.written.count > MAX_ROUNDS) {
    complain(node.line, `Fn::ForEach: the loops of the template go round more than ${MAX_ROUNDS} times`);
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
function includedFile(
  transform: Node,
  { folder, problems, including, onFile }: Surroundings,
): { file: string; content: Fields } | undefined {
  const location = textOf(entryOf(entryOf(transform, 'Parameters'), 'Location'));
  if (textOf(entryOf(transform, 'Name')) !== 'AWS::Include' || location === undefined) return undefined;
  const file = resolve(folder, location);
  if (/^\w+:\/\//.test(location) || !existsSync(file) || !statSync(file).isFile()) return undefined;
  onFile(file);
  if (including.includes(file)) {
    const shown = [...including.slice(including.indexOf(file)), file].map((path) => relative(folder, path));
    problems.add({
      line: transform.line,
      message: `AWS::Include, the file holds itself: ${shown.join(' -> ')}`,
    });
    return { file, content: fields(transform.line, {}) };
  }
  const root = parseYaml(decodeUtf8(readFileSync(file)), problems);
  return root?.kind === 'fields' ? { file, content: onLine(root, transform.line) } : undefined;
}

function onLine(node: Fields, line: number): Fields {
  const moved = (inside: Node): Node => {
    if (inside.kind === 'list') return list(line, inside.items.map(moved));
    return inside.kind === 'fields' ? onLine(inside, line) : at(line, inside);
  };
  return { ...node, line, entries: new Map([...node.entries].map(([key, value]) => [key, moved(value)])) };
}
