import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { clientOptions } from '../../loop-in-process.ts';
import { deployingLoop, outputOf } from '../cloudformation/deploying.ts';

const MOCK = (statusCode: number) => `
openapi: 3.0.1
info: {title: depot, version: '1'}
paths:
  /ping:
    get:
      responses: {'${statusCode}': {description: there}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": ${statusCode}}'}
        responses: {default: {statusCode: '${statusCode}'}}
`;

const PROXY = `
openapi: 3.0.1
info: {title: depot, version: '1'}
paths:
  /tell:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        payloadFormatVersion: '2.0'
        uri: arn:aws:lambda:eu-west-1:000000000000:function:teller
`;

const template = (ping: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  ByUri: {Type: AWS::Serverless::Api, Properties: {StageName: live, DefinitionUri: '${ping}'}}
  ByPlace: {Type: AWS::Serverless::Api, Properties: {StageName: live, DefinitionUri: {Bucket: artifacts, Key: dir/ping one.yaml}}}
  Http: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionUri: 's3://artifacts/tell'}}
  Teller:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: teller
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: 'exports.handler = async ({ routeKey }) => routeKey;'
  MayCall:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Teller, Action: 'lambda:InvokeFunction', Principal: apigateway.amazonaws.com}
Outputs:
  ByUri: {Value: !Sub 'https://\${ByUri}.execute-api.\${AWS::Region}.amazonaws.com/live'}
  ByPlace: {Value: !Sub 'https://\${ByPlace}.execute-api.\${AWS::Region}.amazonaws.com/live'}
  Http: {Value: !Sub 'https://\${Http}.execute-api.\${AWS::Region}.amazonaws.com'}
`;

// SAM developer guide, "AWS::Serverless::Api", DefinitionUri: `sam package` puts the file into S3.
test('the definition of an API that is packaged into S3 is read from there when it is deployed', async () => {
  const { deploy, loop } = await deployingLoop();
  const s3 = new S3Client({ ...clientOptions(loop), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
  const upload = (Key: string, Body: string) =>
    s3.send(new PutObjectCommand({ Bucket: 'artifacts', Key, Body }));
  await upload('dir/ping one.yaml', MOCK(202));
  await upload('ping-2', MOCK(204));
  await upload('tell', PROXY);

  const made = await deploy('depot', template('s3://artifacts/dir/ping one.yaml'));
  expect(made.StackStatus, made.StackStatusReason).toBe('CREATE_COMPLETE');
  expect((await fetch(`${outputOf(made, 'ByUri')}/ping`)).status).toBe(202);
  expect((await fetch(`${outputOf(made, 'ByPlace')}/ping`)).status).toBe(202);
  expect(await (await fetch(`${outputOf(made, 'Http')}/tell`)).text()).toBe('GET /tell');

  const changed = await deploy('depot', template('s3://artifacts/ping-2'));
  expect(changed.StackStatus, changed.StackStatusReason).toBe('UPDATE_COMPLETE');
  expect((await fetch(`${outputOf(changed, 'ByUri')}/ping`)).status).toBe(204);

  const wrong = await deploy('depot', template('s3://artifacts/absent'));
  expect(wrong.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await fetch(`${outputOf(changed, 'ByUri')}/ping`)).status).toBe(204);
});
