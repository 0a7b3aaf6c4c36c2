import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { integer, required, text } from '../../aws/members.ts';
import { allPages } from '../all-pages.ts';
import { endpoint } from '../context.ts';

export const STORE_ENDPOINTS = {
  'GET /_loop/topics': endpoint({
    purpose: 'the topics, with their subscriptions',
    input: {},
    async answer(_input, { call, stack }, { signal }) {
      const asked = { service: 'sns', operation: 'ListTopics', list: 'Topics' };
      const arns = (await allPages(call, asked, signal)).map(({ TopicArn }) => String(TopicArn));
      const ofAll = await allPages(
        call,
        { service: 'sns', operation: 'ListSubscriptions', list: 'Subscriptions' },
        signal,
      );
      const idOf = new Map(stack().topics.map(({ arn, logicalId }) => [arn, logicalId]));
      return {
        topics: arns.map((arn) => ({
          logicalId: idOf.get(arn) ?? '',
          name: arn.slice(arn.lastIndexOf(':') + 1),
          arn,
          subscriptions: ofAll
            .filter(({ TopicArn }) => TopicArn === arn)
            .map(({ Protocol, Endpoint, SubscriptionArn }) => ({
              protocol: Protocol,
              endpoint: Endpoint,
              arn: SubscriptionArn,
            })),
        })),
      };
    },
  }),
  'GET /_loop/parameters': endpoint({
    purpose: 'the parameters of the Parameter Store with their values, but for those of secure ones',
    input: {},
    async answer(_input, { call }, { signal }) {
      const asked = { service: 'ssm', operation: 'DescribeParameters', list: 'Parameters' };
      const parameters = (await allPages(call, asked, signal)).map(async (parameter) => ({
        name: parameter.Name,
        type: parameter.Type,
        version: parameter.Version,
        changedAt: isoOf(parameter.LastModifiedDate),
        ...(parameter.Type !== 'SecureString' && { value: await textOf(parameter) }),
      }));
      async function textOf({ Name }: JsonObject): Promise<unknown> {
        const { Parameter } = await call('ssm', 'GetParameter', { Name }, signal);
        return isObject(Parameter) ? Parameter.Value : undefined;
      }
      return { parameters: await Promise.all(parameters) };
    },
  }),
  'GET /_loop/secrets': endpoint({
    purpose: 'the secrets of Secrets Manager, without what they hold',
    input: {},
    async answer(_input, { call }, { signal }) {
      const asked = { service: 'secretsmanager', operation: 'ListSecrets', list: 'SecretList' };
      const secrets = await allPages(call, asked, signal);
      return {
        secrets: secrets.map(({ Name, ARN, LastChangedDate }) => ({
          name: Name,
          arn: ARN,
          changedAt: isoOf(LastChangedDate),
        })),
      };
    },
  }),
  'GET /_loop/buckets': endpoint({
    purpose: 'the buckets',
    input: {},
    async answer(_input, { buckets, stack }) {
      const idOf = new Map(stack().buckets.map(({ name, logicalId }) => [name, logicalId]));
      const all = await buckets.list();
      return { buckets: all.map((bucket) => ({ logicalId: idOf.get(bucket.name) ?? '', ...bucket })) };
    },
  }),
  'GET /_loop/objects': endpoint({
    purpose: 'objects of a bucket, by their keys in order',
    input: { bucket: required(text({ min: 1 })), prefix: text(), limit: integer({ min: 1, max: 1_000 }) },
    answer: async ({ bucket, prefix = '', limit = 100 }, { buckets }) => ({
      ...(await buckets.objects(bucket, prefix, limit)),
    }),
  }),
  'GET /_loop/object': endpoint({
    purpose: 'an object: its type, metadata and tags, and the first 64 KB of its content where they are text',
    input: { bucket: required(text({ min: 1 })), key: required(text({ min: 1 })) },
    answer: async ({ bucket, key }, { buckets }) => ({ ...(await buckets.object(bucket, key)) }),
  }),
  'GET /_loop/object/content': endpoint({
    purpose: 'the content of an object, as a file to be saved',
    input: { bucket: required(text({ min: 1 })), key: required(text({ min: 1 })) },
    answer: async ({ bucket, key }, { buckets }) => ({
      file: await buckets.content(bucket, key),
      fileName: key.slice(key.lastIndexOf('/') + 1) || 'object',
    }),
  }),
};

function isoOf(time: unknown): string {
  return typeof time === 'number' ? new Date(time).toISOString() : '';
}
