import type { JsonObject } from '../../../aws/json-object.ts';
import type { OtherModel, Stack } from '../../../template/model.ts';

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

const ARCHIVE_TYPE = 'AWS::Events::Archive';

/** The archives of a stack. */
export function archivesOf({ others }: Pick<Stack, 'others'>): ArchiveModel[] {
  return others.flatMap(({ type, model }) => (type === ARCHIVE_TYPE && isArchive(model) ? [model] : []));
}

/** Only this service's own reader makes models of the type. */
function isArchive(model: OtherModel['model']): model is ArchiveModel {
  return typeof model === 'object' && model !== null && 'retentionDays' in model;
}
