import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Tags,
  type YAMLMap,
  type YAMLParseError,
  type Node as YamlNode,
} from 'yaml';
import { didYouMean } from '../nearest.ts';
import type { Problems } from '../problems.ts';
import { call } from './call.ts';
import { indented } from './indent.ts';
import { list, type Node, type Plain, scalar, unknown } from './node.ts';
import { readNumber } from './read-number.ts';
import { longName, SHORT_TAGS } from './short-tags.ts';

/** Deeper than any template; what is deeper is an attack or an accident, and every later step recurses. */
const MAX_DEPTH = 100;
const TOO_DEEP = `nested too deeply, expected at most ${MAX_DEPTH} levels`;
/** The most values that aliases may stand for in all: a few lines of aliases of aliases can stand for billions. */
const MAX_ALIASED_VALUES = 20_000;

/**
 * CloudFormation reads YAML 1.1 without its binary, omap, pairs, set and timestamp types
 * (User Guide, "Template formats").
 */
const LEFT_OUT_TAGS = new Set(
  ['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`),
);

/** YAML (or JSON, which is YAML too) to nodes, with short tags in their long form. Undefined: not readable at all. */
export function readYaml(source: string, problems: Problems): Node | undefined {
  const first = parsed(source);
  if (first.document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    problems.add({ line: 1, message: TOO_DEEP });
    return undefined;
  }
  // Only a document that the rules refuse is read by the laxer ones.
  const second = first.document.errors.length > 0 ? parsed(indented(source)) : first;
  const { document, lines } = second.document.errors.length === 0 ? second : first;
  for (const error of document.errors)
    problems.add({ line: lines.linePos(error.pos[0]).line, message: messageOf(error) });
  if (document.errors.length > 0 || !document.contents) return undefined;
  return new Reader(lines, problems).read(document.contents, 0);
}

function parsed(source: string) {
  const lines = new LineCounter();
  const document = parseDocument(source, {
    version: '1.1',
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    intAsBigInt: true,
    // Told below, by key; the parser's own check is quadratic.
    uniqueKeys: false,
    logLevel: 'error',
    customTags: (tags: Tags) => tags.filter((tag) => typeof tag === 'string' || !LEFT_OUT_TAGS.has(tag.tag)),
  });
  return { document, lines };
}

/** The parser's words, but for what it says in terms of itself. */
function messageOf(error: YAMLParseError): string {
  if (error.code === 'MULTIPLE_DOCS') return 'expected one document, found more';
  return error.message;
}

class Reader {
  readonly #lines: LineCounter;
  readonly #problems: Problems;
  readonly #anchors = new Map<string, YamlNode>();
  #aliasedValues = 0;
  #insideAlias = false;

  constructor(lines: LineCounter, problems: Problems) {
    this.#lines = lines;
    this.#problems = problems;
  }

  /** `line`: of the key, for a value that has one; a problem is best shown there. */
  read(node: YamlNode, depth: number, line = this.#lineOf(node)): Node {
    if (depth > MAX_DEPTH) return this.#refuse(line, TOO_DEEP);
    if (this.#insideAlias && ++this.#aliasedValues > MAX_ALIASED_VALUES)
      return this.#refuse(line, `aliases stand for too much, expected at most ${MAX_ALIASED_VALUES} values`);
    if (isAlias(node)) return this.#readAlias(node, depth, line);
    const value = this.#readPlain(node, depth, line);
    // Only now, so that an alias inside its own anchor finds nothing instead of itself.
    if (node.anchor) this.#anchors.set(node.anchor, node);
    return node.tag?.startsWith('!') ? this.#applyTag(node.tag, value) : value;
  }

  #readPlain(node: YamlNode, depth: number, line: number): Node {
    if (isMap(node)) return { kind: 'fields', line, entries: this.#readEntries(node, depth) };
    if (isSeq(node))
      return list(
        line,
        node.items.filter(isYamlNode).map((item) => this.read(item, depth + 1)),
      );
    if (isScalar(node)) return readScalar(node.value, node.source, line);
    return this.#refuse(line, 'expected a value');
  }

  #readEntries(map: YAMLMap, depth: number): Map<string, Node> {
    const entries = new Map<string, Node>();
    const merged = new Map<string, Node>();
    for (const { key, value } of map.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const line = this.#lineOf(key);
      const read = isYamlNode(value) ? this.read(value, depth + 1, line) : scalar(line, null);
      if (name === '<<') merge(merged, read);
      else {
        const earlier = entries.get(name);
        if (earlier)
          // As in the SAM CLI, which reads templates by PyYAML.
          this.#problems.note({
            line,
            message: `the key ${name} stands here and in line ${earlier.line}: the last one counts`,
          });
        entries.set(name, read);
      }
    }
    for (const [name, value] of merged) if (!entries.has(name)) entries.set(name, value);
    return entries;
  }

  #readAlias(alias: Alias, depth: number, line: number): Node {
    const target = this.#anchors.get(alias.source);
    if (!target) return this.#refuse(line, `*${alias.source} is no anchor before this line`);
    const outermost = !this.#insideAlias;
    this.#insideAlias = true;
    const value = this.read(target, depth + 1, line);
    if (outermost) this.#insideAlias = false;
    return value;
  }

  #applyTag(tag: string, value: Node): Node {
    if (tag === '!') return value;
    const name = longName(tag);
    if (name) return call(value.line, name, value);
    return this.#refuse(value.line, `unknown tag ${tag}${didYouMean(tag, SHORT_TAGS)}`);
  }

  #lineOf(node: YamlNode): number {
    return this.#lines.linePos(node.range?.[0] ?? 0).line;
  }

  #refuse(line: number, message: string): Node {
    this.#problems.add({ line, message });
    return unknown(line);
  }
}

function isYamlNode(value: unknown): value is YamlNode {
  return isCollection(value) || isScalar(value) || isAlias(value);
}

function merge(into: Map<string, Node>, read: Node): void {
  const sources = read.kind === 'list' ? read.items : [read];
  for (const source of sources)
    if (source.kind === 'fields')
      for (const [name, value] of source.entries) if (!into.has(name)) into.set(name, value);
}

function readScalar(value: unknown, source: string | undefined, line: number): Node {
  if (typeof value === 'number' || typeof value === 'bigint') return readNumber(value, source, line);
  const plain = toPlainScalar(value, source);
  return scalar(line, plain, String(plain));
}

function toPlainScalar(value: unknown, source: string | undefined): Plain {
  // YAML 1.1 takes these for booleans; CloudFormation and SAM don't, or no table could have a key of type N.
  if (typeof value === 'boolean' && source && /^[yn]$/i.test(source)) return source;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : String(value);
}
