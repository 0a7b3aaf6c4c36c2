import type { JsonObject } from '../../aws/json-object.ts';
import type { EnrichmentParameters, PipeModel, SourceParameters, TargetParameters } from './pipe.ts';

/** Settings as a call or a template gives them. */
interface GivenSettings {
  Description?: string;
  DesiredState?: 'RUNNING' | 'STOPPED';
  Enrichment?: string;
  EnrichmentParameters?: EnrichmentParameters;
  TargetParameters?: TargetParameters;
  RoleArn: string;
  LogConfiguration?: unknown;
  KmsKeyIdentifier?: string;
}

interface GivenPipe extends GivenSettings {
  Name: string;
  Source: string;
  SourceParameters?: SourceParameters;
  Target: string;
  Tags?: Readonly<Record<string, string>>;
}

export function newPipe(given: GivenPipe, arn: string, logicalId = ''): PipeModel {
  return {
    logicalId,
    name: given.Name,
    arn,
    ...(given.Description !== undefined && { description: given.Description }),
    roleArn: given.RoleArn,
    isRunning: given.DesiredState !== 'STOPPED',
    sourceArn: given.Source,
    source: given.SourceParameters ?? {},
    ...enrichmentOf(given),
    enrichment: given.EnrichmentParameters ?? {},
    targetArn: given.Target,
    target: given.TargetParameters ?? {},
    tags: given.Tags ?? {},
    more: moreOf(given),
  };
}

/** A pipe with what is given in the place of what was before; of a source its beginning stays (Pipes API reference, "UpdatePipe"). */
export function changedPipe(
  before: PipeModel,
  given: GivenSettings & {
    SourceParameters?: Partial<Record<keyof SourceParameters, unknown>>;
    Target?: string;
  },
): PipeModel {
  const { KinesisStreamParameters: kinesis, DynamoDBStreamParameters: table } = before.source;
  const changed: JsonObject = { ...given.SourceParameters };
  return {
    ...before,
    ...(given.Description !== undefined && { description: given.Description }),
    roleArn: given.RoleArn,
    ...(given.DesiredState !== undefined && { isRunning: given.DesiredState === 'RUNNING' }),
    ...(given.SourceParameters && {
      source: {
        ...before.source,
        ...changed,
        ...(kinesis && {
          KinesisStreamParameters: { ...kinesis, ...asObject(changed.KinesisStreamParameters) },
        }),
        ...(table && {
          DynamoDBStreamParameters: { ...table, ...asObject(changed.DynamoDBStreamParameters) },
        }),
      },
    }),
    ...enrichmentOf(given),
    ...(given.EnrichmentParameters && { enrichment: given.EnrichmentParameters }),
    ...(given.Target !== undefined && { targetArn: given.Target }),
    ...(given.TargetParameters && { target: given.TargetParameters }),
    more: { ...before.more, ...moreOf(given) },
  };
}

function enrichmentOf({ Enrichment }: GivenSettings): { enrichmentArn?: string } {
  return Enrichment === undefined || Enrichment === '' ? {} : { enrichmentArn: Enrichment };
}

function moreOf({ LogConfiguration, KmsKeyIdentifier }: GivenSettings): JsonObject {
  return {
    ...(LogConfiguration !== undefined && { LogConfiguration }),
    ...(KmsKeyIdentifier !== undefined && { KmsKeyIdentifier }),
  };
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
