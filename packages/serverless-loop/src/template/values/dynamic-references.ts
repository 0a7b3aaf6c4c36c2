import { parseObject } from '../../aws/json-limits.ts';
import type { Node } from '../yaml/node.ts';
import type { StoredLookup } from './stored-values.ts';

const REFERENCE = /\{\{resolve:([^}]*)\}\}/g;

/** A reference that nothing is known for, and stays as it is written. */
export interface UnresolvedReference {
  text: string;
  line: number;
  why: string;
}

/**
 * Puts in what `{{resolve:ssm:…}}` and `{{resolve:secretsmanager:…}}` stand for (CloudFormation guide, "Get values stored in other
 * services using dynamic references").
 */
export function resolveDynamic(
  node: Node,
  lookup: StoredLookup,
  onUnresolved: (reference: UnresolvedReference) => void,
): Node {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item) => resolveDynamic(item, lookup, onUnresolved)) };
  if (node.kind === 'fields') {
    const entries = [...node.entries].map(([name, value]): [string, Node] => [
      name,
      resolveDynamic(value, lookup, onUnresolved),
    ]);
    return { ...node, entries: new Map(entries) };
  }
  if (node.kind !== 'scalar' || !node.text.includes('{{resolve:')) return node;
  const text = node.text.replace(REFERENCE, (whole, reference: string) => {
    const value = storedValue(reference, lookup);
    if (value !== undefined) return value;
    onUnresolved({ text: whole, line: node.line, why: reasonFor(reference) });
    return whole;
  });
  return { ...node, text, value: text };
}

function storedValue(reference: string, lookup: StoredLookup): string | undefined {
  const [service = '', ...rest] = reference.split(':');
  if (service === 'ssm') return lookup.parameter(rest.join(':'));
  return service === 'secretsmanager' ? secretValue(rest.join(':'), lookup) : undefined;
}

/** `<id>:SecretString:<key>:<stage>:<version>`, all but the id left out at will; an ARN has colons of its own. */
const SECRET = /^(arn:(?:[^:]*:){5}[^:]*|[^:]*)(?::SecretString)?(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?$/;

function secretValue(text: string, lookup: StoredLookup): string | undefined {
  const [, secretId = '', key = '', stage = '', id = ''] = SECRET.exec(text) ?? [];
  const secret = lookup.secret(secretId, { ...(stage && { stage }), ...(id && { id }) });
  return secret === undefined || key === '' ? secret : memberOf(secret, key);
}

function memberOf(secret: string, key: string): string | undefined {
  const found = new Map(Object.entries(parseObject(secret) ?? {})).get(key);
  return found === undefined ? undefined : String(found);
}

function reasonFor(reference: string): string {
  const [service] = reference.split(':');
  if (service === 'ssm-secure')
    return 'CloudFormation takes secure parameters in few properties, none of which is emulated; it stays as it is written';
  if (service !== 'ssm' && service !== 'secretsmanager') return 'it stays as it is written';
  return 'there is no such value, so that it stays as it is written; --store FILE gives one';
}
