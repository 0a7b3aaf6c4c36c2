import { expect, test } from 'vitest';
import { load, problemsOf, reportOf } from './load.ts';

const FUNCTION =
  'Type: AWS::Serverless::Function, Properties: {Handler: index.handler, Runtime: nodejs24.x, InlineCode: "1"}';

const template = (resources: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Packer: {${FUNCTION}}
  Table: {Type: AWS::Serverless::SimpleTable}
  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: box}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
${resources}`;

const connector = (name: string, source: string, destination: string, permissions: string) =>
  `  ${name}: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: ${source}}, Destination: ${destination}, Permissions: [${permissions}]}}`;

const rightsOf = (source: string, functionId = 'Packer') => {
  const { functions } = load(source);
  const fn = functions.find(({ logicalId }) => logicalId === functionId);
  return (fn?.role.statements ?? []).map(({ actions, resources }) => [actions, resources]);
};

const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:box';

// SAM developer guide, "AWS SAM connector reference".
test('a connector gives its function the rights of the pair and the permissions, and no more', () => {
  const read = template(connector('Reading', 'Packer', '{Id: Box}', 'Read'));
  expect(rightsOf(read)).toContainEqual([['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'], [queueArn]]);
  expect(JSON.stringify(rightsOf(read))).not.toContain('sqs:SendMessage');
  expect(reportOf(load(read), 'ReadingPolicy')).toMatchObject({
    type: 'AWS::IAM::ManagedPolicy',
    madeFrom: 'Reading',
    status: 'emulated',
  });
  const table = rightsOf(template(connector('Writing', 'Packer', '{Id: Table}', 'Read, Write')));
  const written = table.find(([actions]) => actions?.includes('dynamodb:PutItem'));
  expect(written?.[1]).toEqual([
    expect.stringMatching(/:table\/depot-Table-\w{12}$/),
    expect.stringMatching(/:table\/depot-Table-\w{12}\/index\/\*$/),
  ]);
  expect(table.some(([actions]) => actions?.includes('dynamodb:Query'))).toBe(true);
});

test('connectors that stand at their source, to several destinations, get SAM’s ids', () => {
  const source = template(
    `  Sender: {${FUNCTION}, Connectors: {Out: {Properties: {Destination: [{Id: Box}, {Id: Topic}], Permissions: [Write]}}}}`,
  );
  const { resources } = load(source);
  expect(resources.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy')).toMatchObject([
    { logicalId: 'SenderOutPolicyDestination0' },
    { logicalId: 'SenderOutPolicyDestination1' },
  ]);
  expect(rightsOf(source, 'Sender')).toContainEqual([
    ['sns:Publish'],
    ['arn:aws:sns:eu-west-1:123456789012:news'],
  ]);
});

test('what calls a function, or sends to a queue, is let in by it', () => {
  const { functions, queues } = load(
    template(
      [
        connector('Calling', 'Topic', '{Id: Packer}', 'Write'),
        connector('Sending', 'Topic', '{Id: Box}', 'Write'),
      ].join('\n'),
    ),
  );
  const topicArn = 'arn:aws:sns:eu-west-1:123456789012:news';
  expect(JSON.stringify(functions[0]?.resourcePolicy)).toContain(topicArn);
  expect(JSON.stringify(queues[0]?.resourcePolicy)).toContain(topicArn);
});

test('absent: a pair that the loop has no rights for is named, and a wrong connector refused', () => {
  const source = template(
    `  Steps: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: x.json, Role: 'arn:aws:iam::1:role/x'}}\n${connector('Stepping', 'Packer', '{Id: Steps}', 'Write')}`,
  );
  expect(reportOf(load(source), 'Stepping')).toMatchObject({
    status: 'not emulated',
    reason: 'a connector from AWS::Lambda::Function to AWS::StepFunctions::StateMachine gives no Write here',
  });
  expect(problemsOf(template(connector('Wrong', 'Nobody', '{Id: Box}', 'Write')))).toEqual([
    'template.yaml:7: Wrong: Source, there is no resource Nobody',
  ]);
  expect(problemsOf(template(connector('Wrong', 'Packer', '{Id: Box}', 'Own')))).toEqual([
    'template.yaml:7: Wrong: Permissions, expected a list of Read and Write, found a list',
  ]);
});
