import { hash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseExactJson } from '../../aws/exact-json.ts';
import { isObject } from '../../aws/json-object.ts';
import { moduleFile, PACKAGE_FOLDER } from '../../package-folder.ts';
import type { Problems } from '../problems.ts';
import type { Node } from './node.ts';

/** YAML to nodes; undefined when it is not readable at all. What is wrong goes to `problems`. */
export type YamlReader = (source: string, problems: Problems) => Node | undefined;

/** The files that decide how a text is read. A build names what it imports by its contents. */
const READER_FILES = [
  ...['yaml.ts', 'indent.ts', 'short-tags.ts', 'call.ts', 'node.ts', 'read-number.ts', 'read-yaml.ts'].map(
    (file) => `template/yaml/${file}`,
  ),
  'aws/exact-json.ts',
].map(moduleFile);

/** Loads the parser only when a text must be parsed: it costs 14 MB and a good part of the time to start. */
export const parseYaml: YamlReader = (source, problems) => {
  const { readYaml }: typeof import('./yaml.ts') = createRequire(import.meta.url)(
    moduleFile('template/yaml/yaml.ts'),
  );
  return readYaml(source, problems);
};

/** Reads the YAML of one file, and remembers it in `cacheDir` for as long as the text stays the same. */
export function rememberedYaml(file: string, cacheDir: string): YamlReader {
  const memory = path.join(cacheDir, `yaml-${hash('sha256', path.resolve(file)).slice(0, 20)}.json`);
  return (source, problems) => {
    const key = keyOf(source);
    const known = recall(memory, key);
    if (known) return known;
    const root = parseYaml(source, problems);
    if (root && problems.none() && problems.notes().length === 0) remember(memory, key, root);
    return root;
  };
}

/** A text that another reader has read may have another meaning to this one. */
function keyOf(source: string): string {
  reader ??= readerHash();
  return hash('sha256', JSON.stringify([source, reader]));
}

/** Read once: a process goes on with the files that it has loaded. */
let reader: string | undefined;

function readerHash(): string {
  // package.json pins the parser.
  const files = [...READER_FILES.filter(existsSync), path.join(PACKAGE_FOLDER, 'package.json')];
  return hash('sha256', JSON.stringify(files.map((file) => readFileSync(file, 'utf8'))));
}

function recall(memory: string, key: string): Node | undefined {
  try {
    const found = parseExactJson(readFileSync(memory, 'utf8'));
    return isOf(key, found) ? withMaps(found.root) : undefined;
  } catch {
    // Nothing is remembered, or not whole.
    return undefined;
  }
}

/** The key is one of this reader's own files, so that the node beside it is one. */
function isOf(key: string, found: unknown): found is { root: Node } {
  return isObject(found) && found.key === key;
}

/** A node as JSON gives it, whose maps are lists of their entries. */
function withMaps(node: Node): Node {
  if (node.kind === 'list') return { ...node, items: node.items.map(withMaps) };
  if (node.kind !== 'fields') return node;
  return { ...node, entries: new Map([...node.entries].map(([key, value]) => [key, withMaps(value)])) };
}

function remember(memory: string, key: string, root: Node): void {
  const aside = `${memory}.${randomUUID()}`;
  const text = JSON.stringify({ key, root }, (_member, value) => (value instanceof Map ? [...value] : value));
  try {
    mkdirSync(path.dirname(memory), { recursive: true });
    writeFileSync(aside, text);
    renameSync(aside, memory);
  } catch {
    // The next start will parse it again.
  }
}
