import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { LATEST } from '../aws/arn.ts';
import type { JsonObject } from '../aws/operation.ts';
import type { FunctionModel } from '../template/model.ts';
import type { CalledFunction } from './api-function-lookup.ts';
import { qualifiedArn, versionOf } from './qualifier.ts';

/** What all functions have in common: they came to be when the loop started. */
export interface Deployment {
  /** Epoch milliseconds. */
  deployedAt: number;
  revisionId: string;
  /** The bundle that runs now, when it is built. */
  code?(functionName: string): { sha256Base64: string; sizeBytes: number } | undefined;
}

/**
 * A FunctionConfiguration as GetFunctionConfiguration and ListFunctions answer it, of a function ready to run. All
 * versions have the same: they run what the template and the source say now.
 */
export function functionConfiguration(
  { fn: model, qualifier }: CalledFunction,
  deployment: Deployment,
): JsonObject {
  const code = deployment.code?.(model.name);
  return {
    FunctionName: model.name,
    FunctionArn: qualifiedArn(model, qualifier),
    Runtime: model.runtime,
    Role: model.role.arn,
    Handler: model.handler,
    CodeSize: code?.sizeBytes ?? sizeOf(model),
    Description: model.description ?? '',
    Timeout: model.timeoutMs / 1000,
    MemorySize: model.memorySizeMB,
    LastModified: new Date(deployment.deployedAt).toISOString().replace('Z', '+0000'),
    CodeSha256: code?.sha256Base64 ?? digest(model),
    Version: versionOf(model, qualifier) ?? LATEST,
    ...(Object.keys(model.environment).length > 0 && { Environment: { Variables: model.environment } }),
    ...(model.asyncInvoke.deadLetterArn !== undefined && {
      DeadLetterConfig: { TargetArn: model.asyncInvoke.deadLetterArn },
    }),
    TracingConfig: { Mode: model.tracing },
    RevisionId: deployment.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [model.architecture],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: loggingConfig(model),
  };
}

/** What GetFunction answers: the configuration, where the code is, and what is reserved. */
export function functionDescription(called: CalledFunction, deployment: Deployment): JsonObject {
  const model = called.fn;
  return {
    Configuration: functionConfiguration(called, deployment),
    Code: {
      RepositoryType: 'Local',
      ...('codeUri' in model.code && { Location: pathToFileURL(model.code.codeUri).href }),
    },
    ...(model.reservedConcurrency !== undefined && {
      Concurrency: { ReservedConcurrentExecutions: model.reservedConcurrency },
    }),
  };
}

/** Log levels apply to JSON only (Lambda guide, "Configuring advanced logging controls"). */
function loggingConfig({ logging }: FunctionModel): JsonObject {
  return {
    LogFormat: logging.format,
    ...(logging.format === 'JSON' && {
      ApplicationLogLevel: logging.applicationLogLevel,
      SystemLogLevel: logging.systemLogLevel,
    }),
    LogGroup: logging.logGroup,
  };
}

function sizeOf({ code }: FunctionModel): number {
  return code.kind === 'package' ? code.sizeBytes : 0;
}

/** Of the uploaded zip; while nothing is built, of what the code will be built from. */
function digest({ code }: FunctionModel): string {
  if (code.kind === 'package') return code.sha256Base64;
  return createHash('sha256').update(JSON.stringify(code)).digest('base64');
}
