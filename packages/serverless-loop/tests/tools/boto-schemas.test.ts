import { describe, expect, test } from 'vitest';
import { type BotoCaller, findBoto } from './boto-caller.ts';
import { botoBesideLoop } from './boto-loop.ts';

const python = await findBoto();

describe.runIf(python)('the schema registry as boto3 reads it', () => {
  const RegistryName = 'depot';
  const SchemaName = '_packer@1-schema';
  const schema = { RegistryName, SchemaName };
  let boto: BotoCaller;
  botoBesideLoop(python, (started) => {
    boto = started.boto;
  });
  const call = (operation: string, params?: Record<string, unknown>) =>
    boto.output('schemas', operation, params);
  const refuse = (operation: string, params: Record<string, unknown>) =>
    boto.refusal('schemas', operation, params);

  test('registries and schemas come, change and go', async () => {
    expect(await refuse('DescribeRegistry', { RegistryName })).toMatchObject({
      status: 404,
      code: 'NotFoundException',
    });
    await call('CreateRegistry', { RegistryName, Description: 'boxes', Tags: { team: 'depot' } });
    expect(await call('DescribeRegistry', { RegistryName })).toMatchObject({
      RegistryArn: 'arn:aws:schemas:eu-west-1:000000000000:registry/depot',
      Description: 'boxes',
      Tags: { team: 'depot' },
    });
    expect(await refuse('CreateRegistry', { RegistryName })).toMatchObject({
      status: 409,
      code: 'ConflictException',
    });
    const listed = { Registries: [{ RegistryName, Tags: { team: 'depot' } }] };
    expect(await call('ListRegistries', { RegistryNamePrefix: 'dep' })).toMatchObject(listed);
    expect(await call('ListRegistries', { RegistryNamePrefix: 'x' })).toEqual({ Registries: [] });

    const created = await call('CreateSchema', { ...schema, Type: 'OpenApi3', Content: '{"a":1}' });
    expect(created).toMatchObject({ SchemaVersion: '1', Type: 'OpenApi3' });
    expect(await call('UpdateSchema', { ...schema, Content: '{"a":2}' })).toMatchObject({
      SchemaVersion: '2',
    });
    expect(await call('DescribeSchema', schema)).toMatchObject({ Content: '{"a":2}' });
    expect(await call('DescribeSchema', { ...schema, SchemaVersion: '1' })).toMatchObject({
      Content: '{"a":1}',
    });
    expect(await call('ListSchemas', { RegistryName })).toMatchObject({
      Schemas: [{ SchemaName, VersionCount: 2 }],
    });
    const first = await call('ListSchemaVersions', { ...schema, Limit: 1 });
    expect(first).toMatchObject({ SchemaVersions: [{ SchemaVersion: '1' }] });
    const { NextToken } = first;
    expect(await call('ListSchemaVersions', { ...schema, Limit: 1, NextToken })).toEqual({
      SchemaVersions: [expect.objectContaining({ SchemaVersion: '2' })],
    });
    await call('DeleteSchemaVersion', { ...schema, SchemaVersion: '1' });
    expect(await call('ListSchemaVersions', schema)).toMatchObject({
      SchemaVersions: [{ SchemaVersion: '2' }],
    });
    expect(await refuse('DeleteRegistry', { RegistryName })).toMatchObject({ code: 'BadRequestException' });
    await call('DeleteSchema', schema);
    expect(await refuse('DescribeSchema', schema)).toMatchObject({ status: 404, code: 'NotFoundException' });
    await call('DeleteRegistry', { RegistryName });
  });

  test('a schema is discovered from what events have in common', async () => {
    const Events = [
      '{"id":1,"at":"2026-01-01T00:00:00Z","tags":["a"],"gone":null}',
      '{"id":2,"at":"today","tags":[]}',
    ];
    const { Content } = await call('GetDiscoveredSchema', { Type: 'OpenApi3', Events });
    expect(JSON.parse(String(Content))).toMatchObject({
      openapi: '3.0.0',
      components: {
        schemas: {
          Event: {
            type: 'object',
            required: ['id', 'at', 'tags'],
            properties: {
              id: { type: 'number' },
              at: { type: 'string' },
              tags: { type: 'array' },
              gone: { nullable: true },
            },
          },
        },
      },
    });
  });

  test.each([
    ['GetDiscoveredSchema', { Type: 'OpenApi3', Events: ['{'] }, 'Event 1 is no JSON.'],
    [
      'GetDiscoveredSchema',
      { Type: 'Avro', Events: ['{}'] },
      'Type must be one of OpenApi3, JSONSchemaDraft4',
    ],
    ['GetDiscoveredSchema', { Type: 'OpenApi3', Events: [] }, 'Events must be a list'],
    ['CreateRegistry', { RegistryName: 'a b' }, 'Invalid name'],
  ])('%s of %j is a bad request', async (operation, params, words) => {
    const { code, status, message } = await refuse(operation, params);
    expect({ code, status }).toEqual({ code: 'BadRequestException', status: 400 });
    expect(message).toContain(words);
  });
});
