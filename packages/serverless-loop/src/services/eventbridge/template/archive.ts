import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { World } from '../../../template/world.ts';
import type { ArchiveModel } from '../archives/archive-model.ts';
import { InvalidPatternError } from '../pattern/invalid-pattern-error.ts';
import { compilePattern } from '../pattern/pattern.ts';

const KNOWN_PROPERTIES = [
  'ArchiveName',
  'Description',
  'EventPattern',
  'KmsKeyIdentifier',
  'RetentionDays',
  'SourceArn',
];

/** The greatest that CloudFormation's integers may be. */
const MAX_DAYS = 2_147_483_647;

/** Reads each AWS::Events::Archive. */
export function readArchives(reading: Reading): void {
  readOwn(reading, 'AWS::Events::Archive', readArchive);
}

function readArchive(resource: Resource, world: World): ArchiveModel {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const busArn = properties.requiredText('SourceArn');
  if (busArn !== '' && !/^arn:[\w-]+:events:[\w-]*:\d{12}:event-bus\/.+$/.test(busArn))
    properties.complain('SourceArn', `expected the ARN of an event bus, found ${busArn}`);
  const pattern = properties.section('EventPattern')?.plain();
  if (pattern) complainOfPattern(pattern, (problem) => properties.complain('EventPattern', problem));
  const description = properties.text('Description');
  const kmsKeyIdentifier = properties.text('KmsKeyIdentifier');
  return {
    logicalId: resource.logicalId,
    name: world.name(resource, properties, 'ArchiveName', /^[\w.-]{1,48}$/),
    arn: world.arn(resource),
    busArn,
    ...(description !== undefined && { description }),
    ...(pattern && { pattern }),
    retentionDays: properties.integer('RetentionDays', 0, MAX_DAYS) ?? 0,
    ...(kmsKeyIdentifier !== undefined && { kmsKeyIdentifier }),
  };
}

function complainOfPattern(pattern: object, complain: (problem: string) => void): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    complain(`expected an event pattern, found one that AWS refuses: ${error.message}`);
  }
}
