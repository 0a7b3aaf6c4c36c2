import { isDeepStrictEqual } from 'node:util';
import { shown } from '../../../aws/shown.ts';
import type { ResourceState } from '../../../template/deployment.ts';

/** A property or another attribute of a resource that has another value (API reference, "ResourceTargetDefinition"). */
export interface ChangeDetail {
  attribute: 'Properties' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy';
  /** Of `Properties` alone. */
  property?: string;
  requiresRecreation: 'Always' | 'Never';
  /** At least one. */
  causes: Cause[];
}

/** The cause of another value (API reference, "ResourceChangeDetail"). */
interface Cause {
  /** `Dynamic` where it is not certain that the value changes. */
  evaluation: 'Static' | 'Dynamic';
  source:
    | 'Automatic'
    | 'DirectModification'
    | 'ParameterReference'
    | 'ResourceReference'
    | 'ResourceAttribute';
  /** The parameter, resource or `Resource.Attribute` that it comes from. */
  entity?: string;
}

export interface Parameters {
  before: ReadonlyMap<string, string>;
  after: ReadonlyMap<string, string>;
}

export interface Surroundings {
  parameters: Parameters;
  /** Logical ids of the resources that are made anew for certain. */
  replaced: ReadonlySet<string>;
}

/** Each property that has changed, and the metadata and policies, with why. */
export function changeDetails(
  before: ResourceState,
  after: ResourceState,
  around: Surroundings,
): ChangeDetail[] {
  const names = [...new Set([...Object.keys(before.properties), ...Object.keys(after.properties)])].sort();
  const ofProperties = names
    .filter((name) => !isDeepStrictEqual(before.properties[name], after.properties[name]))
    .map(
      (property): ChangeDetail => ({
        attribute: 'Properties',
        property,
        requiresRecreation: after.replacedBy.includes(property) ? 'Always' : 'Never',
        causes: causesOf(before.written[property], after.written[property], around),
      }),
    );
  return [...ofProperties, ...metadataDetails(before, after, around), ...policyDetails(before, after)];
}

function metadataDetails(before: ResourceState, after: ResourceState, around: Surroundings): ChangeDetail[] {
  if (isDeepStrictEqual(before.metadata, after.metadata)) return [];
  const causes = causesOf(before.writtenMetadata, after.writtenMetadata, around);
  return [{ attribute: 'Metadata', requiresRecreation: 'Never', causes }];
}

/** One that is said no longer is another one, though it be what holds without it. */
function policyDetails({ saidPolicies: before }: ResourceState, after: ResourceState): ChangeDetail[] {
  return (['DeletionPolicy', 'UpdateReplacePolicy'] as const)
    .filter((attribute) => before[attribute] !== after.saidPolicies[attribute])
    .map((attribute) => ({ attribute, requiresRecreation: 'Never', causes: [DIRECT] }));
}

const DIRECT: Cause = { evaluation: 'Static', source: 'DirectModification' };

function causesOf(before: unknown, after: unknown, { parameters, replaced }: Surroundings): Cause[] {
  if (!isDeepStrictEqual(before, after)) return [DIRECT];
  const references = [...new Set(referencesIn(after))];
  const changed = references.filter((name) => parameters.before.get(name) !== parameters.after.get(name));
  if (changed.length > 0)
    return changed.map((entity) => ({ evaluation: 'Static', source: 'ParameterReference', entity }));
  const resources = references.filter((name) => !parameters.after.has(name) && !name.startsWith('AWS::'));
  const certain = resources.filter((name) => replaced.has(name.split('.', 1)[0] ?? name));
  const [possible] = resources;
  if (certain.length > 0) return certain.map((name) => referenceTo(name, 'Static'));
  return [possible === undefined ? { ...DIRECT, evaluation: 'Dynamic' } : referenceTo(possible, 'Dynamic')];
}

function referenceTo(entity: string, evaluation: Cause['evaluation']): Cause {
  return { evaluation, source: entity.includes('.') ? 'ResourceAttribute' : 'ResourceReference', entity };
}

/** The references in a value as it is written: names, and `Resource.Attribute`. */
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
