import type { Complain } from '../problems.ts';
import type { Resource } from '../resource.ts';
import { fields, type Node } from '../yaml/node.ts';

/** A SAM resource that is being expanded, and what its expansion tells. */
export interface Expanding {
  resource: Resource;
  /** All that the template declares, by logical id. */
  declared: ReadonlyMap<string, Resource>;
  complain: Complain;
  /** The value of a parameter. */
  parameterValue: ParameterValue;
}

export type ParameterValue = (parameter: string) => Node | undefined;

/** A CloudFormation resource that SAM makes from one of its own. */
export function made(
  from: Resource,
  logicalId: string,
  type: string,
  properties: Record<string, Node | undefined>,
  more: Partial<
    Pick<Resource, 'line' | 'alsoNamed' | 'notEmulated' | 'metadata' | 'dependsOn' | 'deletionPolicy'>
  > = {},
): Resource {
  const line = more.line ?? from.line;
  return {
    logicalId,
    type,
    properties: fields(line, properties),
    dependsOn: [],
    ...(from.deletionPolicy !== undefined && { deletionPolicy: from.deletionPolicy }),
    ...(from.unavailable && { unavailable: from.unavailable }),
    ...(from.updateReplacePolicy !== undefined && { updateReplacePolicy: from.updateReplacePolicy }),
    ...(logicalId !== from.logicalId && { madeFrom: from.logicalId }),
    ...more,
    line,
  };
}
