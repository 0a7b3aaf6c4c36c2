import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

type Tree = Record<string, unknown>;

export const templateText = readFileSync(path.join(ROOT, 'template.yaml'), 'utf8');

/** template.yaml as plain data; of `!Ref X` and `!GetAtt X.Arn` only the text after the tag. */
export const template = parseTemplate(templateText);

/** The same of another text. */
export function parseTemplate(text: string): unknown {
  return parse(text, { logLevel: 'error' });
}

/** The functions that take an order to PROCESSED. What is added beside them, such as a consumer, has tests of its own. */
export const ORDER_FUNCTIONS = ['OrderCreatorFunction', 'OrderProcessorFunction'] as const;

/** The queues that an order or its event ends in when one of them, or the rule between them, fails. */
export const ORDER_QUEUES = [
  'OrderCreatorFailureQueue',
  'OrderProcessorFailureQueue',
  'OrderCreatedDeadLetterQueue',
] as const;

/** The value at a path of keys, such as `Resources.OrdersTable.Properties`. Throws where there is none. */
export function at(keys: string): unknown {
  return keys.split('.').reduce((value: unknown, key) => {
    if (!isTree(value) || value[key] === undefined) throw new Error(`template.yaml has no ${keys}`);
    return value[key];
  }, template);
}

/** Logical ids and bodies of the resources of a type. */
export function resourcesOf(type: string): [logicalId: string, body: Tree][] {
  return entriesAt('Resources').filter(([, body]) => body.Type === type);
}

/** Keys and values of an object of objects. */
export function entriesAt(keys: string): [string, Tree][] {
  return Object.entries(treeAt(keys)).map(([key, value]) => [key, isTree(value) ? value : {}]);
}

export function treeAt(keys: string): Tree {
  const value = at(keys);
  if (!isTree(value)) throw new Error(`${keys} of template.yaml is not an object`);
  return value;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
