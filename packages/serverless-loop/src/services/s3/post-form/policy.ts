import { isObject } from '../../../aws/json-object.ts';
import { s3Error } from '../s3-errors.ts';

/** Says how a form must be to be taken (S3 API reference, "POST Policy"). */
export interface PostPolicy {
  /** Epoch milliseconds. */
  expiresAtMs: number;
  conditions: readonly PostCondition[];
}

type PostCondition =
  | { kind: 'eq' | 'starts-with'; field: string; value: string; shown: string }
  | { kind: 'content-length-range'; smallest: unknown; largest: unknown; shown: string };

export interface SizeRange {
  smallest: number;
  largest: number;
}

/** Fields that a policy need not name. */
const UNNAMED = new Set(['x-amz-signature', 'signature', 'awsaccesskeyid', 'policy', 'file', 'bucket']);

/** Reads the field `policy`. Throws S3's InvalidPolicyDocument. */
export function readPostPolicy(base64: string): PostPolicy {
  const document = parsed(Buffer.from(base64, 'base64').toString());
  if (!isObject(document)) throw invalid('Invalid JSON.');
  const { expiration, conditions } = document;
  if (typeof expiration !== 'string') throw invalid('Policy missing expiration.');
  const expiresAtMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(expiration)
    ? Date.parse(expiration)
    : Number.NaN;
  if (Number.isNaN(expiresAtMs)) throw invalid(`Invalid 'expiration' value: '${expiration}'`);
  if (!Array.isArray(conditions)) throw invalid('Policy missing conditions.');
  return { expiresAtMs, conditions: conditions.map(readCondition) };
}

/**
 * Holds a form to its policy; its size, which is known later, has to be in the range that comes back. The words: LocalStack's
 * record, test_s3.snapshot.json, test_post_request_expires and test_post_object_policy_conditions_validation_eq.
 */
export function refuseUnnamed(
  { expiresAtMs, conditions }: PostPolicy,
  fields: ReadonlyMap<string, string>,
  bucket: string,
  nowMs: number,
): SizeRange | undefined {
  if (nowMs > expiresAtMs) throw unmet('Policy expired.');
  let range: SizeRange | undefined;
  const named = new Set<string>();
  for (const condition of conditions) {
    if (condition.kind === 'content-length-range') {
      range = rangeOf(condition);
      if (!range) throw unmet(`Policy Condition failed: ${condition.shown}`);
      continue;
    }
    const { kind, field, value } = condition;
    named.add(field.slice(1).toLowerCase());
    const given = field.toLowerCase() === '$bucket' ? bucket : fields.get(field.slice(1).toLowerCase());
    const isMet = kind === 'eq' ? given === value : (given ?? '').startsWith(value);
    if (!field.startsWith('$') || !isMet) throw unmet(`Policy Condition failed: ${condition.shown}`);
  }
  const extra = [...fields.keys()].filter(
    (field) => !named.has(field) && !UNNAMED.has(field) && !field.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw unmet(`Extra input fields: ${extra.join(', ')}`);
  return range;
}

function readCondition(given: unknown): PostCondition {
  if (Array.isArray(given)) {
    const [kind, first, second] = given;
    const shown = `[${given.map((part) => JSON.stringify(part)).join(', ')}]`;
    const name = String(kind).toLowerCase();
    if (name === 'content-length-range') return { kind: name, smallest: first, largest: second, shown };
    if ((name === 'eq' || name === 'starts-with') && typeof first === 'string' && given.length === 3)
      return { kind: name, field: first, value: String(second), shown };
    throw invalid(`Invalid Condition: ${shown}`);
  }
  const entries = isObject(given) ? Object.entries(given) : [];
  const [entry] = entries;
  if (!entry || entries.length > 1)
    throw invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
  const [name, value] = entry;
  const field = `$${name}`;
  return {
    kind: 'eq',
    field,
    value: String(value),
    shown: `["eq", ${JSON.stringify(field)}, ${JSON.stringify(value)}]`,
  };
}

function rangeOf({ smallest, largest }: { smallest: unknown; largest: unknown }): SizeRange | undefined {
  const range = { smallest: Number(smallest), largest: Number(largest) };
  return Number.isInteger(range.smallest) && Number.isInteger(range.largest) ? range : undefined;
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw invalid('Invalid JSON.');
  }
}

function invalid(message: string) {
  return s3Error('InvalidPolicyDocument', `Invalid Policy: ${message}`);
}

function unmet(message: string) {
  return s3Error('AccessDenied', `Invalid according to Policy: ${message}`, 403);
}
