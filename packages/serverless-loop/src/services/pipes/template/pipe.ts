import { AwsError } from '../../../aws/errors.ts';
import { map, required, structure, text } from '../../../aws/members.ts';
import { readerApart } from '../../../aws/service.ts';
import type { Properties } from '../../../template/properties.ts';
import { readOwn } from '../../../template/read-own.ts';
import type { Resource } from '../../../template/resource.ts';
import type { Reading } from '../../../template/resource-kind.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { newPipe } from '../given-pipe.ts';
import type { PipeModel } from '../pipe.ts';
import { PIPES_DIALECT, SETTINGS, SOURCE, SOURCE_PARAMETERS, TARGET } from '../shapes.ts';
import { pipeProblem } from '../validate.ts';

const KNOWN_PROPERTIES = [
  'Description',
  'DesiredState',
  'Enrichment',
  'EnrichmentParameters',
  'KmsKeyIdentifier',
  'LogConfiguration',
  'Name',
  'RoleArn',
  'Source',
  'SourceParameters',
  'Tags',
  'Target',
  'TargetParameters',
];

/** The properties are the members of CreatePipe. */
const readGiven = readerApart(
  {
    Source: required(SOURCE),
    SourceParameters: structure(SOURCE_PARAMETERS),
    Target: required(TARGET),
    ...SETTINGS,
    Tags: map(text()),
  },
  PIPES_DIALECT,
);

/** Reads each AWS::Pipes::Pipe whose source, enrichment and target the loop has, or would have if they were there. */
export function readPipes(reading: Reading): void {
  const { targets } = reading;
  readOwn(reading, 'AWS::Pipes::Pipe', (resource, world) => readPipe(resource, targets, world));
}

function readPipe(resource: Resource, targets: Targets, world: World): PipeModel | undefined {
  const properties = world.read(resource, KNOWN_PROPERTIES);
  world.reports.emulated(resource);
  const name = world.name(resource, properties, 'Name', /^[\w.-]{1,64}$/);
  const pipe = pipeOf(properties, name, resource, world);
  if (!pipe) return undefined;
  const missing = pipeProblem(pipe) ?? missingPart(pipe, targets);
  if (missing !== undefined) {
    world.reports.notEmulated(resource, `nothing runs: ${missing}`);
    return undefined;
  }
  world.reportLeftOut(resource, properties);
  return pipe;
}

/** The properties as CreatePipe takes them; undefined once it is told what is wrong with them. */
function pipeOf(
  properties: Properties,
  name: string,
  resource: Resource,
  world: World,
): PipeModel | undefined {
  const { Name: _, ...given } = properties.plain();
  try {
    return newPipe({ ...readGiven(given), Name: name }, world.arn(resource), resource.logicalId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    properties.complain('Source', `expected what AWS takes of a pipe, which says: ${error.message}`);
    return undefined;
  }
}

/** Tells of an enrichment or a target that nothing here takes; one that isn't there fails each batch, as on AWS. */
function missingPart({ enrichmentArn, targetArn }: PipeModel, targets: Targets): string | undefined {
  for (const arn of [enrichmentArn, targetArn]) {
    const found = arn === undefined ? undefined : targets.find(arn);
    if (found?.kind === 'not emulated' && !found.mayCome) return found.reason;
  }
  return undefined;
}
