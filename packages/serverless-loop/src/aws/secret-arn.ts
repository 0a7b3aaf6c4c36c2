import { hash } from 'node:crypto';
import { formatArn, type Place } from './arn.ts';

/** Secrets Manager puts six characters after the name (Secrets Manager API, "CreateSecret", ARN). */
export function secretArn(place: Place, name: string): string {
  return formatArn(place, 'secretsmanager', `secret:${name}-${endOf(name)}`);
}

/** AWS draws them; here a secret has the same at each start. */
function endOf(name: string): string {
  return hash('sha256', name, 'base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 6);
}
