import { list, structure, text } from '../../../aws/members.ts';
import type { ResourceState } from '../../../template/deployment.ts';
import { type Modification, type ResourceChange, toBeMade } from './difference.ts';
import type { ChangeDetail } from './property-details.ts';

const DETAIL = structure({
  Target: structure({
    Attribute: text(),
    Name: text(),
    RequiresRecreation: text(),
    Path: text(),
    BeforeValue: text(),
    AfterValue: text(),
    AttributeChangeType: text(),
  }),
  Evaluation: text(),
  ChangeSource: text(),
  CausingEntity: text(),
});

export const CHANGES = list(
  structure({
    Type: text(),
    ResourceChange: structure({
      Action: text(),
      LogicalResourceId: text(),
      PhysicalResourceId: text(),
      ResourceType: text(),
      PolicyAction: text(),
      Replacement: text(),
      Scope: list(text()),
      Details: list(DETAIL),
      BeforeContext: text(),
      AfterContext: text(),
    }),
  }),
);

/** The Changes of the API, with the values of properties when they are asked for. */
export function describeChanges(changes: readonly ResourceChange[], withValues: boolean) {
  const unmade = toBeMade(changes);
  return changes.map((change) => ({
    Type: 'Resource',
    ResourceChange: {
      ...describeChange(change, withValues),
      ...(withValues && contextsOf(change, unmade)),
    },
  }));

  function describeChange(change: ResourceChange, isDetailed: boolean) {
    const { logicalId, type } = change.action === 'Remove' ? change.before : change.after;
    const resource = { Action: change.action, LogicalResourceId: logicalId, ResourceType: type };
    if (change.action === 'Add') return { ...resource, Scope: [], Details: [] };
    const PhysicalResourceId = change.before.physicalId;
    if (change.action === 'Remove')
      return {
        ...resource,
        PhysicalResourceId,
        PolicyAction: policyActionOf(change.before.deletionPolicy, 'Delete'),
        Scope: [],
        Details: [],
      };
    return {
      ...resource,
      PhysicalResourceId,
      PolicyAction:
        change.replacement === 'True'
          ? policyActionOf(change.before.updateReplacePolicy, 'ReplaceAndDelete')
          : undefined,
      Replacement: change.replacement,
      Scope: change.scope,
      Details: change.details.flatMap((detail) =>
        describeDetail(detail, isDetailed ? valuesOf(detail, change, unmade) : undefined),
      ),
    };
  }
}

function policyActionOf(policy: string, withoutPolicy: 'Delete' | 'ReplaceAndDelete'): string {
  if (policy === 'Retain') return withoutPolicy === 'Delete' ? 'Retain' : 'ReplaceAndRetain';
  if (policy === 'Snapshot') return withoutPolicy === 'Delete' ? 'Snapshot' : 'ReplaceAndSnapshot';
  return withoutPolicy;
}

/**
 * ResourceChangeDetails of the API, one for each cause. What comes from elsewhere is told as a change of the property itself,
 * too: that of a reference only with values, as AWS does.
 */
function describeDetail(
  { attribute, property, requiresRecreation, causes }: ChangeDetail,
  values: ReturnType<typeof valuesOf> | undefined,
) {
  const Target = {
    Attribute: attribute,
    Name: property,
    RequiresRecreation: requiresRecreation,
    ...values,
  };
  const isIndirect = causes.some(
    ({ source }) =>
      source === 'ParameterReference' || (values !== undefined && source !== 'DirectModification'),
  );
  return [
    ...causes.map(({ evaluation, source, entity }) => ({
      Target,
      Evaluation: evaluation,
      ChangeSource: source,
      CausingEntity: entity,
    })),
    ...(isIndirect ? [{ Target, Evaluation: 'Dynamic', ChangeSource: 'DirectModification' }] : []),
  ];
}

/** The members of a ResourceTargetDefinition of the API that are there when values are asked for. */
function valuesOf(
  { attribute, property }: ChangeDetail,
  { before, after }: Modification,
  unmade: ReadonlySet<string>,
) {
  const [BeforeValue, AfterValue] =
    property === undefined
      ? [attributeOf(before, attribute), attributeOf(after, attribute)]
      : [asText(before.shown()[property]), asText(after.shown(unmade)[property])];
  const changeType = BeforeValue === undefined ? 'Add' : AfterValue === undefined ? 'Remove' : 'Modify';
  return {
    Path: property === undefined ? `/${attribute}` : `/${attribute}/${property}`,
    BeforeValue,
    AfterValue,
    AttributeChangeType: changeType,
  };
}

function attributeOf(state: ResourceState, attribute: ChangeDetail['attribute']): string | undefined {
  if (attribute === 'Properties') return undefined;
  return attribute === 'Metadata' ? asText(state.metadata) : state.saidPolicies[attribute];
}

function asText(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

function contextsOf(change: ResourceChange, unmade: ReadonlySet<string>) {
  const context = (Properties: Record<string, unknown>) => JSON.stringify({ Properties });
  return {
    ...(change.action !== 'Add' && { BeforeContext: context(change.before.shown()) }),
    ...(change.action !== 'Remove' && { AfterContext: context(change.after.shown(unmade)) }),
  };
}
