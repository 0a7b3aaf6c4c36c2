import { Worker } from 'node:worker_threads';
import { WrittenNumber } from '../aws/exact-json.ts';
import { moduleFile } from '../package-folder.ts';
import type { Problem } from './problem.ts';
import { Problems } from './problems.ts';
import { MAX_TEMPLATE_BYTES } from './sections.ts';
import type { Node } from './yaml/node.ts';
import { parseYaml, type YamlReader } from './yaml/read-yaml.ts';

/** Texts of templates that callers bring. */
export interface TemplateTexts {
  /** Resolves when the text is parsed, with others served meanwhile. */
  ready(source: string): Promise<void>;
  /** Takes a text that is ready from memory, and parses any other. */
  read: YamlReader;
}

/** Parses a text; nothing else runs meanwhile, or everything. */
export interface TextParsers {
  here(source: string): ParsedText;
  aside(source: string): Promise<ParsedText>;
}

/** The value of a text, and its faults. */
export interface ParsedText {
  root: Node | undefined;
  problems: readonly Problem[];
}

/** Parsed in the time of a few calls: a thread would take longer to start. */
const SHORT_CHARACTERS = 51_200;
/** Of all texts that are kept parsed; the largest template alone is kept, too. */
const MAX_KEPT_CHARACTERS = MAX_TEMPLATE_BYTES;
const MAX_KEPT_TEXTS = 20;

/**
 * Keeps the last texts as they were parsed. A deployment asks for one text several times (its summary, the change set, again for
 * each round of new names), and parsing 200 KB of YAML takes half a second: it is done once, and a long one in a thread.
 */
export function templateTexts(
  { here, aside }: TextParsers = { here: parseHere, aside: parseAside },
): TemplateTexts {
  /** By text, the longest unused first. */
  const kept = new Map<string, ParsedText>();
  /** By text, so that who asks for it again meanwhile waits for the same. */
  const underWay = new Map<string, Promise<void>>();
  let last: Promise<void> = Promise.resolve();

  function keep(source: string, parsed: ParsedText): ParsedText {
    kept.delete(source);
    kept.set(source, parsed);
    let characters = 0;
    for (const text of kept.keys()) characters += text.length;
    for (const text of kept.keys()) {
      if (text === source || (characters <= MAX_KEPT_CHARACTERS && kept.size <= MAX_KEPT_TEXTS)) break;
      kept.delete(text);
      characters -= text.length;
    }
    return parsed;
  }

  function parsedAside(source: string): Promise<void> {
    // One thread at a time: more would take the processors from the functions.
    const parsing = last.then(async () => {
      keep(source, await aside(source));
    });
    const ended = parsing.finally(() => underWay.delete(source));
    last = ended.catch(() => {});
    underWay.set(source, ended);
    return ended;
  }

  return {
    async ready(source) {
      const isSoonParsed = source.length <= SHORT_CHARACTERS || kept.has(source);
      // A larger one is refused unparsed.
      if (isSoonParsed || Buffer.byteLength(source) > MAX_TEMPLATE_BYTES) return;
      await (underWay.get(source) ?? parsedAside(source));
    },
    read(source, problems) {
      const { root, problems: found } = keep(source, kept.get(source) ?? here(source));
      for (const problem of found) problems.add(problem);
      return root;
    },
  };
}

function parseHere(source: string): ParsedText {
  const problems = new Problems('template');
  const root = parseYaml(source, problems);
  return { root, problems: problems.found() };
}

function parseAside(source: string): Promise<ParsedText> {
  const thread = new Worker(moduleFile('template/yaml-thread.ts'), { workerData: source });
  return new Promise((resolve, reject) => {
    thread.once('message', ({ root, problems }: ParsedText) =>
      resolve({ root: withNumbers(root), problems }),
    );
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the thread that parses templates ended without an answer')));
  });
}

/** A number that no double holds comes from a thread as a plain object. */
function withNumbers(node: Node | undefined): Node | undefined {
  const open = node ? [node] : [];
  for (let at = open.pop(); at; at = open.pop()) {
    const inside = at.kind === 'list' ? at.items : at.kind === 'fields' ? at.entries.values() : [];
    for (const node of inside) open.push(node);
    if (at.kind === 'scalar' && typeof at.value === 'object' && at.value !== null)
      at.value = new WrittenNumber(at.value.text);
  }
  return node;
}
