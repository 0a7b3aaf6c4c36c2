import { formatArn } from '../../../aws/arn.ts';
import { integer, required, text } from '../../../aws/members.ts';
import type { LayerVersion } from '../layers.ts';
import { notFound } from './api-function-lookup.ts';
import type { LambdaContext } from './context.ts';
import { invalid } from './function-errors.ts';

/** A name, or the layer's ARN. */
export const LAYER_NAME = required(text({ at: 'path', min: 1, max: 140 }));
export const NAMED_VERSION = {
  LayerName: LAYER_NAME,
  VersionNumber: required(integer({ at: 'path' })),
} as const;

export function ofLayer({ LayerName = '*' }: { LayerName?: string }, { place }: LambdaContext): string[] {
  return [formatArn(place, 'lambda', `layer:${nameOf(LayerName)}`)];
}

export function ofVersion(
  { LayerName = '*', VersionNumber = 0 }: { LayerName?: string; VersionNumber?: number },
  { place }: LambdaContext,
): string[] {
  return [formatArn(place, 'lambda', `layer:${nameOf(LayerName)}:${VersionNumber}`)];
}

/** Of a name, or of an ARN. */
export function nameOf(nameOrArn: string): string {
  return nameOrArn.split(':')[6] ?? nameOrArn;
}

export function nothingThere() {
  return notFound('The resource you requested does not exist.');
}

export function refuseNoNumber(version: number): void {
  if (version < 1) throw invalid('Layer Version Cannot be less than 1');
}

export function versionOf(
  { LayerName, VersionNumber }: { LayerName: string; VersionNumber: number },
  { layers }: LambdaContext,
): LayerVersion {
  refuseNoNumber(VersionNumber);
  const found = layers.versionsOf(LayerName).find(({ version }) => version === VersionNumber);
  if (!found) throw nothingThere();
  return found;
}
