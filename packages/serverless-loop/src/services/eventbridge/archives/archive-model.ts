import type { JsonObject } from '../../../aws/json-object.ts';
import { ownModels } from '../../../template/stack-models.ts';

/** An archive of a bus's events, all that its making says. */
export interface ArchiveModel {
  /** Empty for one that a call has made. */
  logicalId: string;
  name: string;
  arn: string;
  /** Of the bus whose events it keeps. */
  busArn: string;
  description?: string;
  /** Absent: it keeps every event. */
  pattern?: JsonObject;
  /** 0: for ever. */
  retentionDays: number;
  kmsKeyIdentifier?: string;
}

export const archivesOf = ownModels<ArchiveModel>('AWS::Events::Archive');
