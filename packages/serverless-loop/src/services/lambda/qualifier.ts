import { LATEST } from '../../aws/arn.ts';
import type { AsyncInvokeModel, FunctionModel } from '../../template/model.ts';

/** The version that a call runs; undefined when the function has no such version or alias. */
export function versionOf(fn: FunctionModel, qualifier: string | undefined): string | undefined {
  if (qualifier === undefined || qualifier === LATEST) return LATEST;
  return fn.qualifiers.find(({ name }) => name === qualifier)?.version;
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
