import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { maxBatchFor } from './batch-sizes.ts';
import type { PipeModel, SourceParameters } from './pipe.ts';

const PARAMETERS_OF: Readonly<Record<string, keyof SourceParameters>> = {
  sqs: 'SqsQueueParameters',
  kinesis: 'KinesisStreamParameters',
  dynamodb: 'DynamoDBStreamParameters',
};

/** The reason why the loop can't run a pipe; undefined for one that it can. */
export function pipeProblem({ sourceArn, source, enrichmentArn, targetArn }: PipeModel): string | undefined {
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
  // "SNS FIFO topics not supported" (Pipes guide, "Targets").
  if (/:sns:.*\.fifo$/.test(targetArn))
    return `the target ${targetArn} is a FIFO topic, which no pipe sends to`;
  // "You can't configure a pipe with a larger batch size than the target supports" (Pipes guide, "Batching and concurrency").
  const {
    SqsQueueParameters: queue,
    KinesisStreamParameters: stream,
    DynamoDBStreamParameters: table,
  } = source;
  const size = (queue ?? stream ?? table)?.BatchSize ?? 1;
  for (const arn of [enrichmentArn, targetArn]) {
    const most = arn === undefined ? size : maxBatchFor(arn);
    if (size > most) return `BatchSize ${size} is more than the ${most} that ${arn} takes at once`;
  }
  return undefined;
}

/** Throws AwsError for a pipe that can't be run. */
export function refuseUnworkable(pipe: PipeModel): void {
  const problem = pipeProblem(pipe);
  if (problem !== undefined)
    throw new AwsError('ValidationException', `The pipe ${pipe.name} can't be run: ${problem}.`);
}
