import { expect, test } from 'vitest';
import { loopUnderTest, projectFolder } from '../../loop-in-process.ts';

test('every service refuses a call that is signed for another, in the words of AWS', async () => {
  const template = 'Resources: {Queue: {Type: "AWS::SQS::Queue"}}';
  const { loop } = await loopUnderTest(`${projectFolder({ 'template.yaml': template })}/template.yaml`);
  const scope = 'Credential=local/20260101/eu-west-1/ssm/aws4_request';
  const Authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`;
  const answerTo = async (path: string, headers: Record<string, string>) => {
    const call = { method: 'POST', headers: { Authorization, ...headers }, body: '{}' };
    return (await fetch(loop.endpoint + path, call)).text();
  };

  const targets = {
    dynamodb: 'DynamoDB_20120810.ListTables',
    events: 'AWSEvents.ListEventBuses',
    sqs: 'AmazonSQS.ListQueues',
    monitoring: 'GraniteServiceVersion20100801.DescribeAlarms',
    logs: 'Logs_20140328.DescribeLogGroups',
    cloudcontrolapi: 'CloudApiService.GetResource',
  };
  for (const [service, target] of Object.entries(targets))
    expect(await answerTo('/', { 'X-Amz-Target': target })).toContain(
      `Credential should be scoped to correct service: '${service}'.`,
    );
  expect(await answerTo('/2015-03-31/functions/any/invocations', {})).toContain(
    "Credential should be scoped to correct service: 'lambda'.",
  );
});
