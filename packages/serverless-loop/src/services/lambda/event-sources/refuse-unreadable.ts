import { AwsError } from '../../../aws/errors.ts';
import type { EventSourceModel, FunctionModel } from '../../../template/model.ts';
import type { EventSourceOptions } from './source-options.ts';
import { visibilityTooShort } from './source-settings.ts';
import { STREAM_ACTIONS, streamServiceOf } from './stream-kinds.ts';

/** Lambda looks at the source with the function's role before it makes a mapping. */
export function refuseUnreadable(
  model: EventSourceModel,
  fn: FunctionModel,
  options: Pick<EventSourceOptions, 'may' | 'streams' | 'queues'>,
): void {
  if (model.stream) refuseUnreadableStream(model, fn, options);
  else refuseUnreadableQueue(model, fn, options);
}

function refuseUnreadableStream(
  { sourceArn }: EventSourceModel,
  { name }: FunctionModel,
  { may, streams }: Pick<EventSourceOptions, 'may' | 'streams'>,
): void {
  const service = streamServiceOf(sourceArn);
  // The refusal as aws-samples/lambda-refarch-webapp, issue 7, and alertlogic/cwe-collector, issue 2, quote it.
  if (STREAM_ACTIONS.some((action) => !may(name, `${service}:${action}`, sourceArn)))
    throw invalid(
      `Cannot access stream ${sourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
    );
  // LocalStack's record, test_lambda_integration_dynamodbstreams.snapshot.json, test_esm_with_not_existing_dynamodb_stream.
  if (streams[service]?.shards(sourceArn) === undefined) throw invalid(`Stream not found: ${sourceArn}`);
}

function refuseUnreadableQueue(
  { sourceArn }: EventSourceModel,
  { name, timeoutMs }: FunctionModel,
  { may, queues }: Pick<EventSourceOptions, 'may' | 'queues'>,
): void {
  for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
    if (!may(name, `sqs:${action}`, sourceArn))
      // The refusal as anomalyco/sst, issue 5737, quotes it.
      throw invalid(`The function execution role does not have permissions to call ${action} on SQS`);
  const visibilitySeconds = queues.visibilityTimeoutSeconds(sourceArn);
  // LocalStack's record, test_lambda_integration_sqs.snapshot.json, test_esm_with_not_existing_sqs_queue.
  if (visibilitySeconds === undefined)
    throw invalid(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    );
  if (visibilitySeconds * 1000 < timeoutMs)
    throw invalid(visibilityTooShort(visibilitySeconds, timeoutMs / 1000));
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
