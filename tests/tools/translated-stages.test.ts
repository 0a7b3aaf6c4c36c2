import { beforeAll, describe, expect, test } from 'vitest';
import { resourcesWith } from './stage.ts';
import {
  ofType,
  python,
  type Resource,
  type Translated,
  templateText,
  translated,
} from './translated-template.ts';

const FUNCTIONS = ['OrderCreator', 'OrderProcessor'];

let template: Translated;
const inStage = (Stage: string, parameters = {}) => resourcesWith(template, { Stage, ...parameters });

function propertiesOf(id: string, resources: Record<string, Resource>): Record<string, unknown> {
  const resource = resources[id];
  if (!resource) throw new Error(`there is no ${id}`);
  return resource.Properties;
}

describe.runIf(python.expected)('what a stage deploys', () => {
  beforeAll(async () => {
    template = await translated(templateText);
  });

  test('in prod each function has a canary, stopped by the errors and the slowness of its alias', () => {
    const resources = inStage('prod');
    for (const name of FUNCTIONS) {
      const alarms = [`${name}Errors`, `${name}Slow`];
      expect(propertiesOf(`${name}FunctionDeploymentGroup`, resources)).toMatchObject({
        DeploymentConfigName: { 'Fn::Sub': [expect.anything(), { ConfigName: 'Canary10Percent5Minutes' }] },
        AlarmConfiguration: { Enabled: true, Alarms: alarms.map((Ref) => ({ Name: { Ref } })) },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']),
        },
      });
      const watched = alarms.map((alarm) => propertiesOf(alarm, resources));
      expect(watched).toMatchObject([
        { MetricName: 'Errors', Statistic: 'Sum' },
        { MetricName: 'Duration', ExtendedStatistic: 'p99' },
      ]);
      for (const { Dimensions } of watched) {
        expect(Dimensions).toContainEqual({
          Name: 'Resource',
          Value: { 'Fn::Sub': `\${${name}Function}:live` },
        });
      }
    }
  });

  test.each([
    ['in dev all at once', 'dev', 'true', 'AllAtOnce'],
    ['in prod for a mend', 'prod', 'false', 'Canary10Percent5Minutes'],
  ])('%s, whatever rings', (_, Stage, StopDeploymentOnAlarm, ConfigName) => {
    const resources = inStage(Stage, { StopDeploymentOnAlarm });
    for (const name of FUNCTIONS) {
      const group = propertiesOf(`${name}FunctionDeploymentGroup`, resources);
      expect(group.AlarmConfiguration).toEqual({});
      expect(group.DeploymentConfigName).toMatchObject({ 'Fn::Sub': [expect.anything(), { ConfigName }] });
    }
  });

  test('in dev everything goes with the stack, versions with their function', () => {
    for (const [id, { Type, DeletionPolicy }] of Object.entries(inStage('dev'))) {
      const kept = Type === 'AWS::Lambda::Version' ? 'Retain' : undefined;
      expect(kept ?? 'Delete', id).toBe(DeletionPolicy ?? 'Delete');
    }
    expect(propertiesOf('OrdersTable', inStage('dev'))).toMatchObject({
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    });
  });

  test('in prod the table is protected from deletion and can be restored to any second', () => {
    expect(propertiesOf('OrdersTable', inStage('prod'))).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  test('in prod logs and events are kept longer', () => {
    const daysOf = (Stage: string) => {
      const resources = inStage(Stage);
      const groups = ofType(resources, 'AWS::Logs::LogGroup').map(
        ([, { Properties }]) => Properties.RetentionInDays,
      );
      return [...groups, propertiesOf('OrderArchive', resources).RetentionDays];
    };
    expect([daysOf('dev'), daysOf('prod')]).toEqual([
      [7, 7, 7],
      [90, 90, 90],
    ]);
  });

  test('each queue is for just the rule or the function, and for nobody without TLS', () => {
    const senders = {
      OrderCreatorFailureQueue: { AWS: { 'Fn::GetAtt': ['OrderCreatorRole', 'Arn'] } },
      OrderProcessorFailureQueue: { AWS: { 'Fn::GetAtt': ['OrderProcessorRole', 'Arn'] } },
      OrderCreatedDeadLetterQueue: { Service: 'events.amazonaws.com' },
    };
    const resources = inStage('prod');
    expect(ofType(resources, 'AWS::SQS::Queue').map(([id]) => id)).toEqual(Object.keys(senders));
    const policies = ofType(resources, 'AWS::SQS::QueuePolicy').map(([, { Properties }]) => Properties);
    expect(policies).toEqual(
      Object.entries(senders).map(([queue, Principal]) => {
        const Resource = { 'Fn::GetAtt': [queue, 'Arn'] };
        const source = {
          ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['OrderProcessorFunctionOrderCreated', 'Arn'] } },
        };
        return {
          Queues: [{ Ref: queue }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: expect.any(String),
                Effect: 'Allow',
                Principal,
                Action: 'sqs:SendMessage',
                Resource,
                ...('Service' in Principal && { Condition: source }),
              },
              {
                Sid: 'TlsOnly',
                Effect: 'Deny',
                Principal: '*',
                Action: 'sqs:*',
                Resource,
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
            ],
          },
        };
      }),
    );
  });

  test('concurrency is reserved when a parameter says how much', () => {
    const reserved = (parameters: Record<string, string>) =>
      ofType(inStage('prod', parameters), 'AWS::Lambda::Function').map(
        ([, { Properties }]) => Properties.ReservedConcurrentExecutions,
      );
    expect(reserved({})).toEqual([undefined, undefined]);
    expect(reserved({ ReservedConcurrency: '25' })).toEqual(
      FUNCTIONS.map(() => ({ Ref: 'ReservedConcurrency' })),
    );
  });

  test('alarms write to someone when there is one', () => {
    const subscriptions = (parameters: Record<string, string>) =>
      ofType(inStage('prod', parameters), 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
    expect(subscriptions({})).toEqual([]);
    expect(subscriptions({ AlarmEmail: 'a@example.com' })).toEqual([
      { TopicArn: { Ref: 'AlarmTopic' }, Protocol: 'email', Endpoint: { Ref: 'AlarmEmail' } },
    ]);
  });
});
