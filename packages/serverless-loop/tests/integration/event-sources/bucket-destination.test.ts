import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import { startLoop } from '../../../src/index.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { signedFor } from '../gateway/gateway-under-test.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: packer
      Runtime: nodejs24.x
      Handler: handler.handler
      CodeUri: code/
      Policies: [{ S3WritePolicy: { BucketName: lost } }]
  Failures:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Packer
      Qualifier: $LATEST
      MaximumRetryAttempts: 0
      DestinationConfig: { OnFailure: { Destination: !GetAtt Lost.Arn } }
  Lost: { Type: AWS::S3::Bucket, Properties: { BucketName: lost } }
`;

// Lambda guide, "Capturing records of Lambda asynchronous invocations", has the name of the object.
test('a bucket gets the record of an asynchronous invocation that failed', async () => {
  const folder = projectFolder({
    'template.yaml': TEMPLATE,
    'code/handler.js': "exports.handler = async () => { throw new TypeError('as it was told'); };",
  });
  const loop = await startLoop({ template: `${folder}/template.yaml` });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const lambda = new LambdaClient({ endpoint: loop.endpoint, region: loop.region, credentials });
  onTestFinished(async () => {
    lambda.destroy();
    await loop.stop();
  });
  await lambda.send(
    new InvokeCommand({ FunctionName: 'packer', InvocationType: 'Event', Payload: '{"box":1}' }),
  );
  expect(
    await loop.facts.waitFor(({ kind }) => kind === 'destination.sent' || kind === 'destination.failed'),
  ).toMatchObject({ kind: 'destination.sent', destinationArn: 'arn:aws:s3:::lost' });
  const get = async (target: string) => {
    const answer = await fetch(loop.endpoint + target, { headers: { Authorization: signedFor('s3') } });
    return answer.text();
  };
  const [, key = ''] = /<Key>([^<]*)/.exec(await get('/lost?list-type=2')) ?? [];
  expect(key).toMatch(
    /^aws\/lambda\/async\/packer\/(\d{4})\/(\d\d)\/(\d\d)\/\1-\2-\3T\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
  );
  expect(JSON.parse(await get(`/lost/${key}`))).toMatchObject({
    requestContext: { condition: 'RetriesExhausted' },
    requestPayload: { box: 1 },
    responsePayload: { errorMessage: 'as it was told' },
  });
});
