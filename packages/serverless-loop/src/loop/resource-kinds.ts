import { AwsError } from '../aws/errors.ts';
import type { Holders } from '../services/cloudformation/cloudformation.ts';
import type { CloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import type { DynamoDb } from '../services/dynamodb/dynamodb.ts';
import type { EventBridge } from '../services/eventbridge/eventbridge.ts';
import type { Iam } from '../services/iam/authorize.ts';
import { unpackPackage } from '../services/lambda/code/package.ts';
import type { Lambda } from '../services/lambda/functions.ts';
import type { Logs } from '../services/logs/logs.ts';
import type { S3 } from '../services/s3/s3.ts';
import type { Sns } from '../services/sns/sns.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import type { FunctionModel } from '../template/model.ts';
import { changeRole } from './attached-role-policies.ts';
import { attachmentHolder, withForeignStatements } from './stack-attachments.ts';

export interface StackServices {
  iam: Iam;
  lambda: Lambda;
  logs: Logs;
  dynamodb: DynamoDb;
  sqs: Sqs;
  eventbridge: EventBridge;
  sns: Sns;
  cloudwatch: CloudWatch;
  /** Loaded when it is first asked for. */
  s3(): Promise<Pick<S3, 'buckets' | 'objectAt'>>;
  cacheDir: string;
}

/** The loop's services as stacks use them that come, change and go while it runs. */
export function stackHolders(services: StackServices): Holders {
  const { iam, logs, s3, dynamodb, sqs, eventbridge, sns, cloudwatch } = services;
  return {
    roles: {
      // One that a function only names, and nobody has made, is in nobody's way.
      has: ({ name }) => iam.roles.find(name)?.role.declared !== undefined,
      add: iam.roles.put,
      change: (role, before) => changeRole(role, before, iam.roles),
      remove: iam.roles.remove,
    },
    logGroups: {
      has: ({ name }) => logs.groups.has(name),
      add: logs.groups.put,
      change: logs.groups.put,
      remove: ({ name }) => logs.groups.remove(name),
    },
    buckets: {
      has: async ({ name }) => (await s3()).buckets.has(name),
      add: async ({ name }) => (await s3()).buckets.create(name),
      change: () => undefined,
      remove: async ({ name }) => (await s3()).buckets.remove(name),
    },
    tables: {
      has: ({ name }) => dynamodb.tables.has(name),
      add: dynamodb.tables.add,
      change: dynamodb.tables.change,
      remove: dynamodb.tables.remove,
    },
    queues: {
      has: ({ name }) => sqs.queues.has(name),
      add: sqs.queues.add,
      change: sqs.queues.change,
      remove: sqs.queues.remove,
    },
    buses: {
      has: ({ name }) => eventbridge.buses.has(name),
      add: eventbridge.buses.add,
      change: eventbridge.buses.change,
      remove: eventbridge.buses.remove,
    },
    functions: functionHolder(services),
    rules: {
      has: eventbridge.rules.has,
      add: eventbridge.rules.put,
      change: eventbridge.rules.put,
      remove: eventbridge.rules.remove,
    },
    topics: {
      has: ({ arn }) => sns.topics.has(arn),
      add: sns.topics.put,
      change: sns.topics.change,
      remove: ({ arn }) => sns.topics.remove(arn),
    },
    attachments: attachmentHolder(services),
    alarms: {
      has: ({ name }) => cloudwatch.alarms.has(name),
      add: cloudwatch.alarms.put,
      change: cloudwatch.alarms.put,
      remove: ({ name }) => cloudwatch.alarms.remove(name),
    },
    dashboards: {
      has: ({ name }) => cloudwatch.dashboards.has(name),
      add: cloudwatch.dashboards.put,
      change: cloudwatch.dashboards.put,
      remove: ({ name }) => cloudwatch.dashboards.remove(name),
    },
  };
}

function functionHolder({ lambda, s3, cacheDir }: StackServices): Holders['functions'] {
  /** So that what ran before can be put back when its zip is no longer there. */
  const runnable = new WeakMap<FunctionModel, FunctionModel>();

  async function unpacked(fn: FunctionModel): Promise<FunctionModel> {
    const known = runnable.get(fn);
    if (known || fn.code.kind !== 's3') return known ?? fn;
    const zip = await (await s3()).objectAt(fn.code);
    if (!zip) throw noSuchCode();
    const made = { ...fn, code: await unpackPackage(zip, cacheDir) };
    runnable.set(fn, made);
    return made;
  }

  return {
    has: ({ name }) => lambda.list().some((fn) => fn.name === name),
    add: async (fn) => lambda.put(withForeignStatements(await unpacked(fn))),
    async change(fn, before) {
      const current = lambda.list().find(({ name }) => name === fn.name);
      await lambda.put(withForeignStatements(await unpacked(fn), before, current));
    },
    remove: ({ name }) => lambda.remove(name),
  };
}

/** Lambda's own words. */
function noSuchCode(): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  );
}
