import { isDeepStrictEqual } from 'node:util';
import type { FunctionModel } from '../../template/model.ts';

/** True when the environments of the one may serve as those of the other. */
export function runsAlike(one: FunctionModel, other: FunctionModel): boolean {
  return isDeepStrictEqual(ofEnvironments(one), ofEnvironments(other));
}

/** True when a version that is published of the one is no other than that of the other (Lambda API reference, "PublishVersion"). */
export function publishesAlike(one: FunctionModel, other: FunctionModel): boolean {
  const { description } = other;
  return (
    (one.description ?? '') === (description ?? '') && isDeepStrictEqual(settingsOf(one), settingsOf(other))
  );
}

/** All but what is looked at before and after an invocation. */
function ofEnvironments(fn: FunctionModel): unknown {
  const qualifiers = fn.qualifiers.map(({ name, version, weights, published }) => ({
    name,
    version,
    weights,
    ...(published && { published: settingsOf(published) }),
  }));
  return { ...settingsOf(fn), qualifiers };
}

const BESIDE_ENVIRONMENTS: ReadonlySet<string> = new Set([
  'asyncInvoke',
  'changed',
  'description',
  'line',
  'logicalId',
  'qualifiers',
  'resourcePolicy',
  'role',
  'shown',
  'tags',
] satisfies (keyof FunctionModel)[]);

function settingsOf(fn: FunctionModel): Record<string, unknown> {
  const settings = Object.entries(fn).filter(([name]) => !BESIDE_ENVIRONMENTS.has(name));
  return { ...Object.fromEntries(settings), roleArn: fn.role.arn };
}
