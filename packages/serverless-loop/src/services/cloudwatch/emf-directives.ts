import { isObject } from '../../aws/json-object.ts';
/** A directive of `_aws`: which members of the root are metrics, and of which dimensions. */
export interface EmfDirective {
  namespace: string;
  dimensionSets: string[][];
  metrics: { name: string; unit: string; resolutionSeconds: 1 | 60 }[];
}

/** The metadata don't follow the specification. */
export class EmfFormatError extends Error {
  override readonly name = 'EmfFormatError';
}

const MAX_NAMESPACE_LENGTH = 1_024;
const MAX_KEYS = 30;
const MAX_KEY_LENGTH = 250;
const MAX_METRICS = 100;
const MAX_NAME_LENGTH = 1_024;

/** Throws EmfFormatError. Limits: CloudWatch guide, "Specification: Embedded metric format", the schema at its end. */
export function readDirectives(metadata: Record<string, unknown>): {
  atMs: number;
  directives: EmfDirective[];
} {
  const { Timestamp: atMs, CloudWatchMetrics: directives } = metadata;
  if (typeof atMs !== 'number' || !Number.isInteger(atMs))
    throw new EmfFormatError('_aws.Timestamp must be a whole number of milliseconds');
  return { atMs, directives: listOf(directives, '_aws.CloudWatchMetrics').map(readDirective) };
}

function readDirective(value: unknown): EmfDirective {
  const { Namespace, Dimensions, Metrics } = objectOf(value, 'a member of CloudWatchMetrics');
  const dimensionSets = listOf(Dimensions, 'Dimensions').map(readSet);
  if (dimensionSets.length === 0) throw new EmfFormatError('Dimensions must hold at least one set');
  const metrics = listOf(Metrics, 'Metrics').map(readDefinition);
  if (metrics.length > MAX_METRICS) throw new EmfFormatError(`Metrics must hold at most ${MAX_METRICS}`);
  return { namespace: textOf(Namespace, 'Namespace', MAX_NAMESPACE_LENGTH), dimensionSets, metrics };
}

function readSet(value: unknown): string[] {
  const keys = listOf(value, 'a set of Dimensions').map((key) =>
    textOf(key, 'a key of Dimensions', MAX_KEY_LENGTH),
  );
  if (keys.length > MAX_KEYS)
    throw new EmfFormatError(`a set of Dimensions must hold at most ${MAX_KEYS} keys`);
  return keys;
}

function readDefinition(value: unknown): EmfDirective['metrics'][number] {
  const { Name, Unit = 'None', StorageResolution = 60 } = objectOf(value, 'a member of Metrics');
  if (StorageResolution !== 1 && StorageResolution !== 60)
    throw new EmfFormatError('StorageResolution must be 1 or 60');
  return {
    name: textOf(Name, 'Name', MAX_NAME_LENGTH),
    unit: textOf(Unit, 'Unit', MAX_NAME_LENGTH),
    resolutionSeconds: StorageResolution,
  };
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new EmfFormatError(`${what} must be an object`);
}

function listOf(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new EmfFormatError(`${what} must be a list`);
}

function textOf(value: unknown, what: string, longest: number): string {
  if (typeof value === 'string' && value.length >= 1 && value.length <= longest) return value;
  throw new EmfFormatError(`${what} must be text of 1 to ${longest} characters`);
}
