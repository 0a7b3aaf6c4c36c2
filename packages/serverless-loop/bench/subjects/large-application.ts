import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FigureOptions } from '../figure.ts';
import { ROOT, temporaryFolder } from './project.ts';

/** A template has at most 500 resources (CloudFormation guide, "Quotas"): a large application is made of nested stacks. */
const STACKS = 10;
const FUNCTIONS = 50;
const RULES = 100;
const QUEUES = 10;

export const LARGE = `${STACKS * FUNCTIONS} functions, ${STACKS * RULES} rules, ${STACKS * QUEUES} queues that start functions`;

/** A project of that size whose `npm start` runs the loop. */
export function makeLargeProject(options: FigureOptions): string {
  const folder = path.join(temporaryFolder(options), 'large');
  mkdirSync(path.join(folder, 'code'), { recursive: true });
  writeFileSync(path.join(folder, 'code/handler.js'), 'exports.handler = async (event) => event;\n');
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ scripts: { start: 'exec serverless-loop start' } }),
  );
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const stacks = Array.from({ length: STACKS }, (_, at) => `stack-${at}.json`);
  for (const file of stacks) writeFileSync(path.join(folder, file), JSON.stringify(stackTemplate()));
  const nested = stacks.map((TemplateURL, at) => [
    `Stack${at}`,
    { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } },
  ]);
  writeFileSync(
    path.join(folder, 'template.yaml'),
    JSON.stringify({ Resources: Object.fromEntries(nested) }),
  );
  return folder;
}

function stackTemplate(): object {
  const many = (count: number, resource: (at: number) => [string, object]) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => resource(at)));
  const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
  const events = (at: number) =>
    at < QUEUES ? { Events: { Queue: { Type: 'SQS', Properties: { Queue: arn(`Queue${at}`) } } } } : {};
  return {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: { Ref: 'AWS::StackName' } } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { Service: 'lambda.amazonaws.com' },
              },
            ],
          },
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'],
        },
      },
      ...many(FUNCTIONS, (at) => [
        `Function${at}`,
        {
          Type: 'AWS::Serverless::Function',
          Properties: {
            CodeUri: 'code/',
            Handler: 'handler.handler',
            Runtime: 'nodejs24.x',
            Role: arn('Role'),
            ...events(at),
          },
        },
      ]),
      ...many(QUEUES, (at) => [`Queue${at}`, { Type: 'AWS::SQS::Queue' }]),
      ...many(RULES, (at) => [
        `Rule${at}`,
        {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventBusName: { Ref: 'Bus' },
            EventPattern: { source: [`shop-${at}`] },
            Targets: [{ Id: 'function', Arn: arn(`Function${at % FUNCTIONS}`) }],
          },
        },
      ]),
    },
  };
}
