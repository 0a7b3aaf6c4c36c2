import { createHash, randomUUID } from 'node:crypto';
import { LATEST } from '../../../aws/arn.ts';
import type { Written } from '../../../aws/members.ts';
import type { CodeModel, FunctionModel } from '../../../template/model.ts';
import { calledModel, qualifiedArn, versionOf } from '../qualifier.ts';
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
    /** Of an uploaded package. */
    urlOf(code: CodeModel & { kind: 'package' }): string;
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
 * A FunctionConfiguration as GetFunctionConfiguration and ListFunctions answer it, of a function ready to run. A version
 * that keeps what it was published with has that; the others have what the template and the source say now.
 */
export function functionConfiguration(
  { fn, qualifier }: CalledFunction,
  deployment: Deployment,
  made = deployment.code?.known(fn.name),
): Written<typeof CONFIGURATION> {
  const model = calledModel(fn, qualifier);
  const version = versionOf(fn, qualifier) ?? LATEST;
  const published = fn.qualifiers.find(({ name }) => name === version);
  // An uploaded one stays what it is.
  const code = model.code.kind === 'package' ? undefined : made;
  return {
    FunctionName: model.name,
    FunctionArn: qualifiedArn(model, qualifier),
    Runtime: model.runtime,
    Role: model.role.arn,
    Handler: model.handler,
    CodeSize: code?.sizeBytes ?? sizeOf(model),
    Description: published?.description ?? model.description ?? '',
    Timeout: model.timeoutMs / 1000,
    MemorySize: model.memorySizeMB,
    LastModified: new Date(model.changed?.at ?? deployment.deployedAt).toISOString().replace('Z', '+0000'),
    CodeSha256: code?.sha256Base64 ?? digest(model),
    Version: version,
    ...(Object.keys(model.environment).length > 0 && { Environment: { Variables: model.environment } }),
    ...(model.asyncInvoke.deadLetterArn !== undefined && {
      DeadLetterConfig: { TargetArn: model.asyncInvoke.deadLetterArn },
    }),
    TracingConfig: { Mode: model.tracing },
    RevisionId: published?.revisionId ?? model.changed?.revisionId ?? deployment.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [model.architecture],
    EphemeralStorage: { Size: model.ephemeralStorageMB },
    LoggingConfig: loggingConfig(model),
    ...shownSettings(model),
  };
}

/** Settings without effect here. */
function shownSettings({ shown = {} }: FunctionModel): Written<typeof CONFIGURATION> {
  const { layerArns = [], vpc, kmsKeyArn, snapStart = 'None' } = shown;
  return {
    ...(layerArns.length > 0 && { Layers: layerArns.map((Arn) => ({ Arn })) }),
    ...(vpc && {
      VpcConfig: {
        SubnetIds: vpc.subnetIds,
        SecurityGroupIds: vpc.securityGroupIds,
        Ipv6AllowedForDualStack: false,
      },
    }),
    ...(kmsKeyArn && { KMSKeyArn: kmsKeyArn }),
    SnapStart: { ApplyOn: snapStart, OptimizationStatus: 'Off' },
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
