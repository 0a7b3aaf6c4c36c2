import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { PipeModel, SourceParameters } from './pipe.ts';

const PARAMETERS_OF: Readonly<Record<string, keyof SourceParameters>> = {
  sqs: 'SqsQueueParameters',
  kinesis: 'KinesisStreamParameters',
  dynamodb: 'DynamoDBStreamParameters',
};

/** The reason why the loop can't run a pipe; undefined for one that it can. */
export function pipeProblem({ sourceArn, source, enrichmentArn }: PipeModel): string | undefined {
  const service = parseArn(sourceArn)?.service ?? '';
  const wanted = PARAMETERS_OF[service];
  if (!wanted) return `the source ${sourceArn} is not emulated: a pipe here reads queues and streams`;
  if (service !== 'sqs' && !source[wanted])
    return `SourceParameters need ${wanted} for the source ${sourceArn}`;
  const [foreign] = Object.keys(source).filter((name) => name !== wanted && name !== 'FilterCriteria');
  if (foreign !== undefined) return `SourceParameters have ${foreign} for the source ${sourceArn}`;
  const enriching = enrichmentArn === undefined ? undefined : (parseArn(enrichmentArn)?.service ?? '');
  if (enriching !== undefined && !['lambda', 'states', 'events'].includes(enriching))
    return `the enrichment ${enrichmentArn} is not emulated: a function, a state machine or an API destination is`;
  return undefined;
}

/** Throws AwsError for a pipe that can't be run. */
export function refuseUnworkable(pipe: PipeModel): void {
  const problem = pipeProblem(pipe);
  if (problem !== undefined)
    throw new AwsError('ValidationException', `The pipe ${pipe.name} can't be run: ${problem}.`);
}
