import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type LoadOptions, loadStack } from '../../../src/services/load.ts';
import type { Stack } from '../../../src/template/model.ts';
import { endpoint, fixtures, place } from './load.ts';

const path = `${fixtures}/depot.yaml`;
const load = (options: Partial<LoadOptions> = {}) =>
  loadStack({ path, stackName: 'depot', place, endpoint, strict: true, ...options });
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;

describe('a whole application', () => {
  const stack = load();
  const [packer, shipper] = stack.functions;
  const queue = (logicalId: string) => stack.queues.find((candidate) => candidate.logicalId === logicalId);

  test('is emulated in all its parts', () => {
    expect(
      stack.resources.filter(({ status }) => status !== 'emulated').map(({ logicalId }) => logicalId),
    ).toEqual([]);
    expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual([
      'Parcels',
      'ParcelBus',
      'Packer',
      'PackerEventInvokeConfig',
      'PackerRole',
      'Shipper',
      'ShipperEventInvokeConfig',
      'ShipperRole',
      'ShipperPacked',
      'ShipperPackedPermission',
      'PackerFailures',
      'ShipperFailures',
      'Undelivered',
      'UndeliveredPolicy',
      'PackerLogs',
      'ShipperLogs',
      'LostAlarm',
    ]);
  });

  test('has functions with their environment, code and logs', () => {
    expect(packer).toMatchObject({
      runtime: 'nodejs24.x',
      handler: 'packer.handler',
      architecture: 'arm64',
      timeoutMs: 10_000,
      memorySizeMB: 512,
      tracing: 'Active',
      environment: {
        STAGE: 'depot',
        RETRIES: '3',
        TABLE_NAME: stack.tables[0]?.name,
        BUS_NAME: 'parcels',
      },
      code: {
        kind: 'esbuild',
        codeUri: `${fixtures}/app`,
        entryPoints: ['packer.ts'],
        properties: { Minify: true, Sourcemap: true, MainFields: 'module,main' },
      },
      logging: { format: 'JSON', logGroup: expect.stringMatching(/^depot-PackerLogs-/) },
    });
    expect(shipper).toMatchObject({ handler: 'loader.handler', timeoutMs: 30_000 });
  });

  test('has roles that allow what the template says and no more', () => {
    const rights = (statements = packer?.role.statements) =>
      statements?.flatMap(({ actions, resources }) => actions?.map((action) => `${action} ${resources}`));
    const traces = [
      'PutTraceSegments',
      'PutTelemetryRecords',
      'GetSamplingRules',
      'GetSamplingTargets',
      'GetSamplingStatisticSummaries',
    ];
    const everyRole = [
      ...['CreateLogGroup', 'CreateLogStream', 'PutLogEvents'].map((name) => `logs:${name} *`),
      ...traces.map((name) => `xray:${name} *`),
    ];
    expect(rights()).toEqual([
      ...everyRole,
      `sqs:SendMessage ${queue('PackerFailures')?.arn}`,
      `dynamodb:PutItem ${stack.tables[0]?.arn}`,
      `events:PutEvents ${arn('events', 'event-bus/parcels')}`,
    ]);
    expect(rights(shipper?.role.statements)).toEqual([
      ...everyRole,
      `sqs:SendMessage ${queue('ShipperFailures')?.arn}`,
      `dynamodb:UpdateItem ${stack.tables[0]?.arn}`,
    ]);
  });

  test('has a rule from the bus to the function, which lets that rule in', () => {
    const [rule] = stack.rules;
    expect(stack.rules).toHaveLength(1);
    expect(rule).toMatchObject({
      logicalId: 'ShipperPacked',
      busName: 'parcels',
      enabled: true,
      pattern: { source: ['depot.parcels'], 'detail-type': ['Packed'] },
      targets: [
        {
          arn: shipper?.arn,
          retryPolicy: { maximumRetryAttempts: 8, maximumEventAgeSeconds: 3600 },
          deadLetterArn: queue('Undelivered')?.arn,
        },
      ],
    });
    expect(shipper?.resourcePolicy[0]?.conditions).toEqual({ ArnLike: { 'aws:SourceArn': [rule?.arn] } });
  });

  test('has a queue for what the rule cannot deliver, into which only that rule may send', () => {
    expect(queue('Undelivered')).toMatchObject({
      messageRetentionSeconds: 1_209_600,
      resourcePolicy: [
        {
          effect: 'Allow',
          principals: { Service: ['events.amazonaws.com'] },
          actions: ['sqs:SendMessage'],
          resources: [queue('Undelivered')?.arn],
          conditions: { ArnEquals: { 'aws:SourceArn': [stack.rules[0]?.arn] } },
        },
      ],
    });
  });

  test("has queues for the functions' own failures", () => {
    expect(packer?.asyncInvoke).toEqual({
      isConfigured: true,
      maximumRetryAttempts: 2,
      maximumEventAgeSeconds: 3600,
      onFailureArn: queue('PackerFailures')?.arn,
    });
    expect(shipper?.asyncInvoke.onFailureArn).toBe(queue('ShipperFailures')?.arn);
  });

  test('has outputs', () => {
    expect(Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value]))).toEqual({
      PackerName: packer?.name,
      BusArn: arn('events', 'event-bus/parcels'),
      UndeliveredUrl: `${endpoint}/123456789012/${queue('Undelivered')?.name}`,
    });
  });

  test('changes with its parameters', () => {
    const local = load({
      parameterOverrides: { Architecture: 'x86_64', BusName: 'spare', LocalEndpoint: 'http://127.0.0.1:9' },
    });
    expect(local.functions[0]).toMatchObject({
      architecture: 'x86_64',
      environment: { BUS_NAME: 'spare', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    });
    expect(local.outputs.map(({ name }) => name)).toContain('Endpoint');
    expect(local.rules[0]?.busName).toBe('spare');
  });

  test('is the same whether read from its file or handed in as text', () => {
    const wholeOf = ({ states, ...rest }: Stack) => ({
      ...rest,
      states: states().map(({ shown, ...state }) => ({ ...state, shown: shown() })),
    });
    expect(wholeOf(load({ source: readFileSync(path, 'utf8') }))).toEqual(wholeOf(stack));
  });
});
