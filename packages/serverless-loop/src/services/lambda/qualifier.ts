import { LATEST } from '../../aws/arn.ts';
import type { AsyncInvokeModel, FunctionModel } from '../../template/model.ts';

/** The version that a call runs; undefined when the function has no such version or alias. */
export function versionOf(fn: FunctionModel, qualifier: string | undefined): string | undefined {
  if (qualifier === undefined || qualifier === LATEST) return LATEST;
  return fn.qualifiers.find(({ name }) => name === qualifier)?.version;
}

/** The same for one call of many: an alias may share them among two versions (Lambda guide, "Implement Lambda canary deployments using a weighted alias"). */
export function versionOfCall(
  fn: FunctionModel,
  qualifier: string | undefined,
  random: () => number,
): string | undefined {
  const weights = fn.qualifiers.find(({ name }) => name === qualifier)?.weights;
  if (!weights) return versionOf(fn, qualifier);
  let left = random();
  for (const [version, weight] of Object.entries(weights)) {
    if (left < weight) return version;
    left -= weight;
  }
  return versionOf(fn, qualifier);
}

/** The function as the version or alias that is called has it. */
export function calledModel(fn: FunctionModel, qualifier: string | undefined): FunctionModel {
  const version = versionOf(fn, qualifier);
  return fn.qualifiers.find(({ name }) => name === version)?.published ?? fn;
}

/** The version that callers are meant to come by: that of an alias, where there is one. */
export function mainVersionOf({ qualifiers }: FunctionModel): string {
  return qualifiers.find(({ name, version }) => name !== version)?.version ?? LATEST;
}

/** The ARN as it was called. */
export function qualifiedArn({ arn }: FunctionModel, qualifier: string | undefined): string {
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

/** The settings of a version or alias hold for calls by that very name (Lambda API, "PutFunctionEventInvokeConfig"). */
export function asyncInvokeOf(fn: FunctionModel, qualifier: string | undefined): AsyncInvokeModel {
  return fn.qualifiers.find(({ name }) => name === qualifier)?.asyncInvoke ?? fn.asyncInvoke;
}

/** Names a function as the facts of its invocations do. */
export function calledFunction(
  { name }: FunctionModel,
  qualifier: string | undefined,
  executedVersion: string,
): { functionName: string; qualifier?: string; executedVersion: string } {
  return { functionName: name, ...(qualifier !== undefined && { qualifier }), executedVersion };
}
