import { formatArn, type Place } from '../../../aws/arn.ts';

/** The ARN of an execution of a Standard machine; an Express one's ends with an id of its own. */
export function executionArn(place: Place, machineName: string, name: string): string {
  return formatArn(place, 'states', `execution:${machineName}:${name}`);
}
