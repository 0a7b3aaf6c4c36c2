import { isDeepStrictEqual } from 'node:util';
import { shown } from '../../aws/shown.ts';
import type { ResourceState } from '../../template/deployment.ts';
import type { Parameters } from './difference.ts';
import { needsReplacement } from './replacement.ts';

/** Why a property has another value (API reference, "ResourceChangeDetail"). */
export interface ChangeDetail {
  property: string;
  requiresRecreation: 'Always' | 'Never';
  /** `Dynamic` where the value is known only once another resource is made. */
  evaluation: 'Static' | 'Dynamic';
  source: 'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute';
  /** The parameter, resource or `Resource.Attribute` that it comes from. */
  cause?: string;
}

/** Each property that has changed, with why. */
export function propertyDetails(
  before: ResourceState,
  after: ResourceState,
  parameters: Parameters,
): ChangeDetail[] {
  const names = [...new Set([...Object.keys(before.properties), ...Object.keys(after.properties)])].sort();
  return names
    .filter((name) => !isDeepStrictEqual(before.properties[name], after.properties[name]))
    .map((property) => ({
      property,
      requiresRecreation: needsReplacement(after.type, property) ? 'Always' : 'Never',
      ...reasonOf(before.written[property], after.written[property], parameters),
    }));
}

type Reason = Pick<ChangeDetail, 'evaluation' | 'source' | 'cause'>;

function reasonOf(before: unknown, after: unknown, parameters: Parameters): Reason {
  if (!isDeepStrictEqual(before, after)) return { evaluation: 'Static', source: 'DirectModification' };
  const references = referencesIn(after);
  const parameter = references.find((name) => parameters.before.get(name) !== parameters.after.get(name));
  if (parameter !== undefined)
    return { evaluation: 'Static', source: 'ParameterReference', cause: parameter };
  const resource = references.find((name) => !parameters.after.has(name) && !name.startsWith('AWS::'));
  return {
    evaluation: 'Dynamic',
    source: resource?.includes('.') ? 'ResourceAttribute' : 'ResourceReference',
    ...(resource !== undefined && { cause: resource }),
  };
}

/** What a value as written refers to: names, and `Resource.Attribute`. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, argument]) => {
    if (key === 'Ref') return [shown(argument)];
    if (key === 'Fn::GetAtt')
      return [Array.isArray(argument) ? argument.map(shown).join('.') : shown(argument)];
    if (key === 'Fn::Sub') return [...namesInSub(argument), ...referencesIn(argument)];
    return referencesIn(argument);
  });
}

function namesInSub(argument: unknown): string[] {
  const text: unknown = Array.isArray(argument) ? argument[0] : argument;
  return [...shown(text).matchAll(/\$\{(?<name>[^!}][^}]*)\}/g)].map(({ groups }) => groups?.name ?? '');
}
