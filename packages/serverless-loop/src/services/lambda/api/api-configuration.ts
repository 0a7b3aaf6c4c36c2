import { createHash, randomUUID } from 'node:crypto';
import { LATEST } from '../../../aws/arn.ts';
import type { Written } from '../../../aws/members.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { qualifiedArn, versionOf } from '../qualifier.ts';
import type { CalledFunction } from './api-function-lookup.ts';
import type { CONFIGURATION } from './shapes.ts';

/** Facts that all functions share: they came to be when the loop started. */
export interface Deployment {
  /** Epoch milliseconds. */
  deployedAt: number;
  revisionId: string;
  code?: {
    /** The deployment package of what runs now, as far as it was asked for. */
    known(functionName: string): PackageFacts | undefined;
    /** Makes it where there is none; undefined when it can't be made. */
    locate(fn: FunctionModel): Promise<(PackageFacts & { url: string }) | undefined>;
  };
}

export function newDeployment(deployedAt: number, code?: Deployment['code']): Deployment {
  return { deployedAt, revisionId: randomUUID(), ...(code && { code }) };
}

interface PackageFacts {
  sha256Base64: string;
  sizeBytes: number;
}

/**
 * A FunctionConfiguration as GetFunctionConfiguration and ListFunctions answer it, of a function ready to run. All
 * versions have the same: they run what the template and the source say now.
 */
export function functionConfiguration(
  { fn: model, qualifier }: CalledFunction,
  deployment: Deployment,
  made = deployment.code?.known(model.name),
): Written<typeof CONFIGURATION> {
  // An uploaded one stays what it is.
  const code = model.code.kind === 'package' ? undefined : made;
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
    EphemeralStorage: { Size: model.ephemeralStorageMB },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: loggingConfig(model),
  };
}

/** Log levels apply to JSON only (Lambda guide, "Configuring advanced logging controls"). */
function loggingConfig({
  logging,
}: FunctionModel): NonNullable<Written<typeof CONFIGURATION>['LoggingConfig']> {
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
