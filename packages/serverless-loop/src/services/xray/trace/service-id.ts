import type { Place } from '../../../aws/arn.ts';
import { list, structure, text } from '../../../aws/members.ts';
import type { Segment } from './segment.ts';

/** API reference, ServiceId. */
export const SERVICE_ID = structure({ Name: text(), Names: list(text()), AccountId: text(), Type: text() });

/** The name that summaries and graphs have for what a segment stands for. */
export interface ServiceId {
  Name: string;
  Names: string[];
  AccountId?: string;
  Type?: string;
}

/** An inferred segment stands for the resource that was called, such as a table; any other for itself. */
export function serviceIdOf(segment: Segment, place: Place): ServiceId {
  const { origin } = segment;
  const name = serviceNameOf(segment);
  return {
    Name: name,
    Names: [name],
    ...(origin?.startsWith('AWS::') ? { AccountId: place.accountId } : {}),
    ...typeOf(segment),
  };
}

export function serviceNameOf({ isInferred, aws, name }: Segment): string {
  const [resource]: unknown[] = Array.isArray(aws.resource_names) ? aws.resource_names : [];
  return isInferred && typeof resource === 'string' ? resource : name;
}

/** A host that was called by HTTP and is no service of AWS is `remote` (X-Ray guide, "Viewing the trace map"). */
export function serviceTypeOf({ isInferred, origin }: Segment): string | undefined {
  return origin ?? (isInferred ? 'remote' : undefined);
}

function typeOf(segment: Segment): { Type?: string } {
  const type = serviceTypeOf(segment);
  return type === undefined ? {} : { Type: type };
}

export function sameService(one: ServiceId, other: ServiceId): boolean {
  return one.Name === other.Name && one.Type === other.Type;
}
