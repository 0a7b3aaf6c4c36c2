import { formatArn, type Place } from '../../aws/arn.ts';

/** Without the `:*` that policies and older answers end it with. */
export function groupArn(place: Place, name: string): string {
  return formatArn(place, 'logs', `log-group:${name}`);
}

export function streamArn(place: Place, groupName: string, name: string): string {
  return `${groupArn(place, groupName)}:log-stream:${name}`;
}
