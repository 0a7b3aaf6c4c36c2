import { UsageError } from 'serverless-loop/commands';

/** A stack's outputs by name. */
export type Outputs = Record<string, string>;

/**
 * Outputs from JSON: an object of names and values, or a list of `OutputKey` and `OutputValue`, as
 * `sam list stack-outputs --output json` and CloudFormation's DescribeStacks give it. `source` says where the text
 * is from. Throws UsageError.
 */
export function parseOutputs(text: string, source: string): Outputs {
  const outputs = listed(parseJson(text, source));
  const entries = outputs && Object.entries(outputs);
  if (entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
    return Object.fromEntries(entries);
  throw new UsageError(
    `${source}: expected a stack's outputs, an object of names and values or a list of OutputKey and OutputValue`,
  );
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${source}: expected JSON, found something else`, { cause: error });
  }
}

/** Values by name, whatever they are; undefined when there are no names. */
function listed(json: unknown): Record<string, unknown> | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if (!Array.isArray(json)) return { ...json };
  const pairs = json.map((item: unknown) => pairOf(item));
  return pairs.every((pair) => pair !== undefined) ? Object.fromEntries(pairs) : undefined;
}

function pairOf(item: unknown): [string, unknown] | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  if (!('OutputKey' in item) || typeof item.OutputKey !== 'string' || !('OutputValue' in item))
    return undefined;
  return [item.OutputKey, item.OutputValue];
}
