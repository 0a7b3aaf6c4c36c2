import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { clientOptions, loopUnderTest, MET_ONCE, projectFolder } from '../../loop-in-process.ts';

const worker = (tracing: string) => `
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: ${tracing}
      Runtime: nodejs24.x
      Handler: index.handler
      Tracing: ${tracing}
      InlineCode: 'exports.handler = async () => { throw new Error("no tape left"); };'
      EventInvokeConfig:
        MaximumRetryAttempts: 0
        DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}}`;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Failures: {Type: AWS::SQS::Queue}
  Traced:${worker('Active')}
  Passing:${worker('PassThrough')}
Outputs:
  FailuresUrl: {Value: !Ref Failures}
`;

const ROOT = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-0123456789abcdef01234567`;

// SQS reference, Message: AWSTraceHeader is "the X-Ray trace header string".
test.each(['Active', 'PassThrough'])(
  'a failure record of a function with tracing %s is in the trace of its call',
  async (FunctionName) => {
    const folder = projectFolder({ 'template.yaml': TEMPLATE });
    const { loop } = await loopUnderTest(`${folder}/template.yaml`);
    const lambda = new LambdaClient(clientOptions(loop));
    lambda.middlewareStack.add(
      (next) => (args) => {
        Object.assign(Object(args.request).headers, {
          'x-amzn-trace-id': `${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`,
        });
        return next(args);
      },
      { step: 'build' },
    );
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
    await loop.idle();
    const sqs = new SQSClient(clientOptions(loop));
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        ...MET_ONCE,
        QueueUrl: loop.stack.outputs.find(({ name }) => name === 'FailuresUrl')?.value,
        MessageSystemAttributeNames: ['AWSTraceHeader'],
      }),
    );
    const header = Messages?.[0]?.Attributes?.AWSTraceHeader?.split(';');
    expect(header?.slice(0, 3)).toEqual([ROOT, expect.stringMatching(/^Parent=[0-9a-f]{16}$/), 'Sampled=1']);
  },
);
