import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { startInProcess } from '../../command-in-process.ts';
import { attach } from '../../debugger.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { startCommand } from '../../loop-process.ts';
import { onlyInMatrix } from '../../matrix.ts';
import { callerOf } from '../stepfunctions/states-loop.ts';

const fn = (name: string, greeting: string) => `
  ${name}:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: ${name}
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: "let calls = 0; exports.handler = async () => [process.env.GREETING, ++calls].join(' ');"
      Environment: {Variables: {GREETING: ${greeting}}}
`;

const templateOf = (...resources: string[]) => `
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters: {Word: {Type: String, Default: default}}
Resources:${resources.join('')}`;

const RULE = `
  Hourly: {Type: AWS::Events::Rule, Properties: {Name: hourly, EventPattern: {source: [depot]}}}
`;

const tableOf = (name: string, key: string) => `
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: ${name}
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: ${key}, AttributeType: S}]
      KeySchema: [{AttributeName: ${key}, KeyType: HASH}]
`;

/** A loop of a project folder, and what it said of its template. */
async function watching(files: Record<string, string>, flagsOf: (folder: string) => string[] = () => []) {
  const folder = projectFolder(files);
  const flags = flagsOf(folder);
  const start = ['start', '--port', '0', '--template', path.join(folder, 'template.yaml'), ...flags];
  // A debugger of every function is one of the loop's own process, too.
  const loop = await (flags[0] === '--inspect' ? startCommand(start) : startInProcess(start));
  onTestFinished(async () => void (await loop.stop()));
  const said = () => loop.facts.filter(({ kind }) => String(kind).startsWith('template.'));
  const options = {
    endpoint: loop.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  const lambda = new LambdaClient(options);
  return {
    options,
    facts: loop.facts,
    said,
    save: (text: string, file = 'template.yaml') => writeFileSync(path.join(folder, file), text),
    /** Waits until it has told of so many saves, and gives the last. */
    async told(count: number): Promise<Record<string, unknown> | undefined> {
      await expect.poll(() => said().length).toBe(count);
      return said().at(-1);
    },
    async ask(FunctionName: string): Promise<unknown> {
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
      return JSON.parse(Payload?.transformToString() ?? '');
    },
    async put(TableName: string): Promise<void> {
      const dynamodb = new DynamoDBClient(options);
      await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: 'o-1' } } }));
    },
    async item(TableName: string) {
      const { Item } = await new DynamoDBClient(options).send(
        new GetItemCommand({ TableName, Key: { id: { S: 'o-1' } } }),
      );
      return Item;
    },
  };
}

test('a saved template runs: new, changed and removed resources are named, the others serve on with their data', async () => {
  const table = tableOf('orders', 'id');
  const loop = await watching({
    'template.yaml': templateOf(fn('stays', 'one'), fn('greeter', 'one'), table, RULE),
  });
  await loop.put('orders');
  expect(await loop.ask('stays')).toBe('one 1');
  expect(await loop.ask('greeter')).toBe('one 1');

  const queue = '\n  Parcels: {Type: AWS::SQS::Queue, Properties: {QueueName: parcels}}\n';
  loop.save(templateOf(queue, fn('newer', 'new'), fn('greeter', 'two'), fn('stays', 'one'), table));

  expect(await loop.told(1)).toMatchObject({
    kind: 'template.changed',
    file: 'template.yaml',
    added: expect.arrayContaining(['Parcels', 'newer', 'newerRole']),
    changed: ['greeter'],
    removed: ['Hourly'],
    missing: [],
  });
  expect(await loop.ask('newer')).toBe('new 1');
  expect(await loop.ask('greeter')).toBe('two 1');
  expect(await loop.ask('stays')).toBe('one 2');
  expect(await loop.item('orders')).toEqual({ id: { S: 'o-1' } });
  const { QueueUrl } = await new SQSClient(loop.options).send(
    new GetQueueUrlCommand({ QueueName: 'parcels' }),
  );
  expect(QueueUrl).toMatch(/parcels$/);
  expect((await new EventBridgeClient(loop.options).send(new ListRulesCommand({}))).Rules).toEqual([]);
  const { Stacks } = await new CloudFormationClient(loop.options).send(new DescribeStacksCommand({}));
  expect(Stacks).toMatchObject([{ StackName: 'local', StackStatus: 'UPDATE_COMPLETE' }]);
});

test('a broken one is named with its line, and all stays as it was; mended it runs', async () => {
  const loop = await watching({ 'template.yaml': templateOf(fn('greeter', 'one')) });
  loop.save(`${templateOf(fn('greeter', 'two'))}  Broken: {Type: AWS::SQS::Queue, Properties: {Fifo: 7\n`);
  expect(await loop.told(1)).toMatchObject({
    kind: 'template.broken',
    file: 'template.yaml',
    errors: [expect.stringMatching(/^template\.yaml:\d+: /)],
  });
  expect(await loop.ask('greeter')).toBe('one 1');
  await new SQSClient(loop.options).send(new CreateQueueCommand({ QueueName: 'taken' }));
  const taken = '\n  Taken: {Type: AWS::SQS::Queue, Properties: {QueueName: taken}}\n';
  loop.save(templateOf(fn('greeter', 'two'), taken, fn('other', 'o')));
  expect(await loop.told(2)).toMatchObject({
    kind: 'template.broken',
    errors: [expect.stringMatching(/^template\.yaml:\d+: Taken: .*'taken' already exists/)],
  });
  expect(await loop.ask('greeter')).toMatch(/^one /);
  await expect(loop.ask('other')).rejects.toThrow(/not found/);
  loop.save(templateOf(fn('greeter', 'two')));
  expect(await loop.told(3)).toMatchObject({ kind: 'template.changed', changed: ['greeter'] });
  expect(await loop.ask('greeter')).toBe('two 1');
});

onlyInMatrix(() => {
  test('of ten saves within a second the last one runs, and a save that changes nothing starts nothing', async () => {
    const loop = await watching({ 'template.yaml': templateOf(fn('greeter', 'v0')) });
    for (let version = 1; version <= 10; version += 1) {
      loop.save(templateOf(fn('greeter', `v${version}`)));
      await new Promise((resolve) => setTimeout(resolve, 90));
    }
    await expect.poll(() => loop.ask('greeter')).toMatch(/^v10 /);
    const count = loop.said().length;
    expect(loop.said().every(({ kind }) => kind === 'template.changed')).toBe(true);
    loop.save(`# A comment.\n${templateOf(fn('greeter', 'v10'))}`);
    expect(await loop.told(count + 1)).toMatchObject({ added: [], changed: [], removed: [] });
    expect(await loop.ask('greeter')).not.toBe('v10 1');
  });
});

test('what would lose items is refused with what to do, and so is another key of a table', async () => {
  const loop = await watching({ 'template.yaml': templateOf(fn('greeter', 'one'), tableOf('orders', 'id')) });
  await loop.put('orders');
  const refusals: [string[], RegExp][] = [
    [
      [tableOf('renamed', 'id')],
      /^template\.yaml:\d+: Orders: TableName would replace .*orders with the data.*Retain/,
    ],
    [[tableOf('orders', 'orderId')], /Orders: KeySchema of .*orders can't be changed.*start the loop again/],
    [[], /^template\.yaml: Orders: .*holds data.*put it back/],
  ];
  for (const [index, [resources, words]] of refusals.entries()) {
    loop.save(templateOf(fn('greeter', 'two'), ...resources));
    expect(await loop.told(index + 1)).toMatchObject({
      kind: 'template.broken',
      errors: [expect.stringMatching(words)],
    });
  }
  expect(await loop.ask('greeter')).toBe('one 1');
  expect(await loop.item('orders')).toBeDefined();
});

onlyInMatrix(() => {
  test('a table without items is removed and made as any other resource is', async () => {
    const loop = await watching({
      'template.yaml': templateOf(fn('greeter', 'one'), tableOf('first', 'id')),
    });
    loop.save(templateOf(fn('greeter', 'one'), tableOf('second', 'id')));
    expect(await loop.told(1)).toMatchObject({ kind: 'template.changed', changed: ['Orders'] });
    await loop.put('second');
    await expect(loop.put('first')).rejects.toThrow(/not found/);
  });
});

test('a resource that becomes unavailable goes and is named with its line; it comes back with its value', async () => {
  const loop = await watching({ 'template.yaml': templateOf(fn('greeter', 'one')) });
  loop.save(templateOf(fn('greeter', '!ImportValue depot-greeting')));
  expect(await loop.told(1)).toMatchObject({
    kind: 'template.changed',
    removed: ['greeter'],
    missing: [expect.stringMatching(/^template\.yaml:\d+: greeter: unavailable: .*depot-greeting/)],
  });
  await expect(loop.ask('greeter')).rejects.toThrow(/not found/);
  loop.save('[default.loop.parameters]\nimport = "depot-greeting=given"\n', 'samconfig.toml');
  expect(await loop.told(2)).toMatchObject({ file: 'samconfig.toml', added: ['greeter'] });
  expect(await loop.ask('greeter')).toBe('given 1');
});

test('parameters of samconfig.toml run when it is saved, also where there was none; another stack does not', async () => {
  const loop = await watching({ 'template.yaml': templateOf(fn('greeter', '!Ref Word')) });
  expect(await loop.ask('greeter')).toBe('default 1');
  loop.save('[default.deploy.parameters]\nparameter_overrides = "Word=configured"\n', 'samconfig.toml');
  expect(await loop.told(1)).toMatchObject({ kind: 'template.changed', changed: ['greeter'] });
  expect(await loop.ask('greeter')).toBe('configured 1');
  loop.save('[default.deploy.parameters]\nstack_name = "other"\n', 'samconfig.toml');
  expect(await loop.told(2)).toMatchObject({
    kind: 'template.broken',
    errors: [expect.stringMatching(/stack is other .* start it again/)],
  });
  loop.save('[default.deploy.parameters]\nstack_name = \n', 'samconfig.toml');
  expect(await loop.told(3)).toMatchObject({
    kind: 'template.broken',
    errors: [expect.stringMatching(/^samconfig\.toml:2: /)],
  });
});

onlyInMatrix(() => {
  test('an included file that is saved runs, one that a save has brought, too', async () => {
    const include = (file: string) =>
      `\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: ${file}}}\n`;
    const queue = (name: string) => `${name}: {Type: AWS::SQS::Queue, Properties: {QueueName: ${name}}}\n`;
    const loop = await watching({
      'template.yaml': templateOf(fn('greeter', 'one'), include('one.yaml')),
      'one.yaml': queue('First'),
      'two.yaml': queue('Other'),
    });
    loop.save(queue('Second'), 'one.yaml');
    expect(await loop.told(1)).toMatchObject({ file: 'one.yaml', added: ['Second'], removed: ['First'] });
    loop.save(templateOf(fn('greeter', 'one'), include('two.yaml')));
    expect(await loop.told(2)).toMatchObject({ added: ['Other'], removed: ['Second'] });
    loop.save(queue('Third'), 'two.yaml');
    expect(await loop.told(3)).toMatchObject({ file: 'two.yaml', added: ['Third'], removed: ['Other'] });
  });
});

onlyInMatrix(() => {
  test('an editor may save by a rename, through a link, time and again', async () => {
    const folder = projectFolder({ 'real/template.yaml': templateOf(fn('greeter', 'one')) });
    symlinkSync('real/template.yaml', path.join(folder, 'template.yaml'));
    const loop = await startInProcess(['start', '--port', '0', '-t', path.join(folder, 'template.yaml')]);
    onTestFinished(async () => void (await loop.stop()));
    for (const [index, greeting] of ['two', 'three'].entries()) {
      const aside = path.join(folder, 'real/.template.yaml.swp');
      writeFileSync(aside, templateOf(fn('greeter', greeting)));
      renameSync(aside, path.join(folder, 'real/template.yaml'));
      await expect
        .poll(() => loop.facts.filter(({ kind }) => kind === 'template.changed').length)
        .toBe(index + 1);
    }
  });
});

test('a saved template of a nested stack is applied as the outermost is, and a broken one is named with its file', async () => {
  const nested = (greeting: string, more = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:${fn('greeter', greeting)}${more}
Outputs: {Name: {Value: !Ref greeter}}`;
  const files = {
    'template.yaml': `
Resources: {Shop: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: shop/child.yaml}}}
Outputs: {Name: {Value: !GetAtt Shop.Outputs.Name}}`,
    'shop/child.yaml': nested('one'),
  };
  const loop = await watching(files);
  expect(await loop.ask('greeter')).toBe('one 1');
  loop.save(nested('two', fn('another', 'new')), 'shop/child.yaml');
  expect(await loop.told(1)).toMatchObject({
    kind: 'template.changed',
    file: 'child.yaml',
    added: expect.arrayContaining(['Shop/another', 'Shop/anotherRole']),
    changed: ['Shop/greeter'],
    removed: [],
  });
  expect(await loop.ask('greeter')).toBe('two 1');
  expect(await loop.ask('another')).toBe('new 1');
  loop.save(
    nested('three', '\n  Broken: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: soon}}'),
    'shop/child.yaml',
  );
  expect(await loop.told(2)).toMatchObject({
    kind: 'template.broken',
    errors: [expect.stringMatching(/^shop\/child\.yaml:\d+: Shop\/Broken: DelaySeconds/)],
  });
  expect(await loop.ask('greeter')).toBe('two 2');
});

test('a saved file of parameters is applied as the template is', async () => {
  const template = templateOf(fn('greeter', '!Ref Word'));
  const config = 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "file://params.yaml"\n';
  const configured = await watching({
    'template.yaml': template,
    'samconfig.toml': config,
    'params.yaml': 'Word: one\n',
  });
  expect(await configured.ask('greeter')).toBe('one 1');
  configured.save('Word: two\n', 'params.yaml');
  expect(await configured.told(1)).toMatchObject({ file: 'params.yaml', changed: ['greeter'] });
  expect(await configured.ask('greeter')).toBe('two 1');
  configured.save('Word: [\n', 'params.yaml');
  expect(await configured.told(2)).toMatchObject({ kind: 'template.broken', file: 'params.yaml' });
  configured.save('Word: three\n', 'params.yaml');
  expect(await configured.told(3)).toMatchObject({ changed: ['greeter'] });
});

onlyInMatrix(() => {
  test('so is one that the command line names', async () => {
    const files = {
      'template.yaml': templateOf(fn('greeter', '!Ref Word')),
      'dev/params.json': '{"Word": "one"}',
    };
    const given = await watching(files, (folder) => [
      '--parameter-overrides',
      `file://${folder}/dev/params.json`,
    ]);
    given.save('{"Word": "two"}', 'dev/params.json');
    expect(await given.told(1)).toMatchObject({ file: 'params.json', changed: ['greeter'] });
    expect(await given.ask('greeter')).toBe('two 1');
  });
});

onlyInMatrix(() => {
  test('with --inspect a function that a save adds gets a debugger’s port, which is told', async () => {
    const loop = await watching({ 'template.yaml': templateOf(fn('greeter', 'one')) }, () => [
      '--inspect',
      '--inspect-port',
      '0',
    ]);
    loop.save(templateOf(fn('greeter', 'one'), fn('newer', 'new')));
    expect(await loop.told(1)).toMatchObject({ kind: 'template.changed' });
    const [told, ...others] = loop.facts.filter(({ kind }) => kind === 'debugger.listening');
    expect(others).toEqual([]);
    expect(told).toMatchObject({ functionName: 'newer', port: expect.any(Number) });
    const debug = await attach(Number(told?.port));
    const { result } = await debug.send('Runtime.evaluate', {
      expression: 'process.env.AWS_LAMBDA_FUNCTION_NAME',
    });
    expect(result).toMatchObject({ value: 'newer' });
  });
});

onlyInMatrix(() => {
  test('with --inspect and a name no other function than that gets a port', async () => {
    const loop = await watching({ 'template.yaml': templateOf(fn('greeter', 'one')) }, () => [
      '--inspect',
      'greeter',
      '--inspect-port',
      '0',
    ]);
    loop.save(templateOf(fn('greeter', 'one'), fn('newer', 'new')));
    await loop.told(1);
    expect(loop.facts.filter(({ kind }) => kind === 'debugger.listening')).toEqual([]);
  });
});

const MACHINE = `
  Steps:
    Type: AWS::Serverless::StateMachine
    Properties: {Name: steps, DefinitionUri: steps.asl.json, AutoPublishAlias: live}
`;

const stepsOf = (word: string) =>
  JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', Result: word, End: true } } });

test('a saved definition of a state machine runs from the next execution on, and a broken one is told', async () => {
  const loop = await watching({
    'template.yaml': templateOf(MACHINE),
    'steps.asl.json': stepsOf('one'),
  });
  const { start, ended, sfn } = callerOf(loop.options);
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  const arn = stateMachines[0]?.stateMachineArn ?? '';
  expect((await ended(await start(`${arn}:live`))).output).toBe('"one"');
  loop.save(stepsOf('two'), 'steps.asl.json');
  expect(await loop.told(1)).toMatchObject({ kind: 'template.changed' });
  expect((await ended(await start(arn))).output).toBe('"two"');
  expect((await ended(await start(`${arn}:live`))).output).toBe('"two"');
  loop.save('{"StartAt":"P"}', 'steps.asl.json');
  expect(await loop.told(2)).toMatchObject({
    kind: 'template.broken',
    errors: [expect.stringContaining('These fields are required: [States]')],
  });
  expect((await ended(await start(arn))).output).toBe('"two"');
});
