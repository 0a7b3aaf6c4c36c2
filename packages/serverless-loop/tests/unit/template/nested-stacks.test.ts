import { expect, test } from 'vitest';
import { loadDeployment, loadStack } from '../../../src/services/load.ts';
import { parseYaml } from '../../../src/template/yaml/read-yaml.ts';
import { projectFolder } from '../../loop-in-process.ts';
import { endpoint, place } from './load.ts';

const nested = (file: string, more = '') =>
  `{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${file}${more}}}`;
const BOX = 'Resources: {Box: {Type: AWS::SQS::Queue}}';

function read(
  files: Record<string, string>,
  options: { given?: { values: Record<string, string>; imports: Record<string, string> } } = {},
) {
  const folder = projectFolder(files);
  return loadStack({ path: `${folder}/template.yaml`, stackName: 'depot', place, endpoint, ...options });
}

function problemsOf(files: Record<string, string>): string[] {
  try {
    read(files);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
}

test('a template that holds itself is refused, with the way that leads back to it', () => {
  expect(problemsOf({ 'template.yaml': `Resources: {Me: ${nested('template.yaml')}}` })).toEqual([
    'template.yaml:1: Me: TemplateURL, the template holds itself: template.yaml -> template.yaml',
  ]);
  const files = {
    'template.yaml': `Resources: {A: ${nested('a/a.yaml')}}`,
    'a/a.yaml': `Resources: {B: ${nested('../b.yaml')}}`,
    'b.yaml': `Resources:\n  Again: ${nested('a/a.yaml')}`,
  };
  expect(problemsOf(files)).toEqual([
    'b.yaml:2: A/B/Again: TemplateURL, the template holds itself: a/a.yaml -> b.yaml -> a/a.yaml',
  ]);
});

test('one template may be nested twice, under names of its own', () => {
  const { queues } = read({
    'template.yaml': `Resources: {One: ${nested('box.yaml')}, Two: ${nested('box.yaml')}}`,
    'box.yaml': BOX,
  });
  expect(queues.map(({ logicalId }) => logicalId)).toEqual(['One/Box', 'Two/Box']);
  const [one, two] = queues.map(({ name }) => name);
  expect(one).toMatch(/^depot-One-\w{12}-Box-\w{12}$/);
  expect(one).not.toBe(two);
});

test('one template is parsed once, however often it is nested', () => {
  const folder = projectFolder({ 'box.yaml': BOX });
  const parsed: string[] = [];
  const { stack } = loadDeployment(
    {
      path: `${folder}/template.yaml`,
      source: `Resources: {One: ${nested('box.yaml')}, Two: ${nested('box.yaml')}}`,
      stackName: 'depot',
      place,
      endpoint,
    },
    (source, problems) => {
      parsed.push(source);
      return parseYaml(source, problems);
    },
  );
  expect(stack.queues.map(({ logicalId }) => logicalId)).toEqual(['One/Box', 'Two/Box']);
  expect(parsed.filter((source) => source === BOX)).toHaveLength(1);
});

test('what is wrong in a nested template is told with its file and the ids that lead there', () => {
  const child = `Parameters:
  Size: {Type: Number}
Resources:
  Box:
    Type: AWS::SQS::Queue
    Properties: {DelaySeconds: !Ref Size, MessageRetentionPeriod: soon}
  Other: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Nobody}}`;
  const template = (parameters: string) => ({
    'template.yaml': `Resources:\n  Shop: ${nested('shop/child.yaml', `, Parameters: {${parameters}}`)}`,
    'shop/child.yaml': child,
  });
  expect(problemsOf(template('Size: 5'))).toEqual([
    'shop/child.yaml:6: Shop/Box: MessageRetentionPeriod, expected a whole number from 60 to 1209600, found "soon"',
    'shop/child.yaml:7: Shop/Other: refers to Nobody, but there is no Nobody in the template',
  ]);
  // CloudFormation refuses the nested stack: "Parameters: [Size] must have values".
  expect(problemsOf(template('Site: 5'))).toEqual([
    'template.yaml:2: Shop: Parameters.Site: the nested template has no such parameter (did you mean Size?)',
    'template.yaml:2: Shop: Parameters: [Size] must have values, which the nested template has no default for',
    expect.stringMatching(/^shop\/child.yaml:7: /),
  ]);
  expect(problemsOf(template('Size: [5, 6]'))[0]).toBe(
    'template.yaml:2: Shop: Parameters.Size, expected text, found a list',
  );
  expect(problemsOf({ ...template(''), 'shop/child.yaml': 'Resources: {Box: [}' })[0]).toMatch(
    /^shop\/child\.yaml:1: Shop: /,
  );
});

test('an output that a nested stack hasn’t is a mistake; of one that is unavailable it can be given', () => {
  const files = {
    'template.yaml': `Resources:
  Shop: ${nested('box.yaml')}
  Gone: ${nested('gone.yaml')}
  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Gone.Outputs.Name}}
Outputs:
  Name: {Value: !GetAtt Shop.Outputs.Nome}`,
    'box.yaml': `${BOX}\nOutputs: {Name: {Value: !GetAtt Box.QueueName}}`,
  };
  expect(problemsOf(files)).toEqual([
    'template.yaml:6: Name: Outputs.Nome: the nested stack has no such output (did you mean Name?)',
  ]);
  const right = { ...files, 'template.yaml': files['template.yaml'].replace('Nome', 'Name') };
  expect(read(right).resources.find(({ logicalId }) => logicalId === 'Box')).toMatchObject({
    status: 'unavailable',
    reason:
      "QueueName: Gone.Outputs.Name can't be known here: Gone is unavailable; give it with --value Gone.Outputs.Name=value",
  });
  const given = { values: { 'Gone.Outputs.Name': 'boxes' }, imports: {} };
  expect(read(right, { given }).queues.map(({ name }) => name)).toContain('boxes');
});

test('a value inside a nested stack is given by the ids that lead to it', () => {
  const files = {
    'template.yaml': `Resources: {Shop: ${nested('box.yaml')}}`,
    'box.yaml': `Resources:
  Db: {Type: AWS::RDS::DBCluster}
  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Db.Endpoint.Address}}`,
  };
  expect(read(files).resources).toContainEqual(
    expect.objectContaining({
      logicalId: 'Shop/Box',
      file: 'box.yaml',
      line: 3,
      reason: expect.stringContaining('--value Shop/Db.Endpoint.Address=value'),
    }),
  );
  const given = { values: { 'Shop/Db.Endpoint.Address': 'boxes' }, imports: {} };
  expect(read(files, { given }).queues).toMatchObject([{ name: 'boxes' }]);
});

test('resources of two nested stacks work together, and one imports what the other exports', () => {
  const { topics, rules, notes } = read({
    'template.yaml': `Resources:
  News: ${nested('news.yaml')}
  Readers: ${nested('readers.yaml', ', Parameters: {TopicArn: !GetAtt News.Outputs.Arn}')}`,
    'news.yaml': `Resources:
  Topic: {Type: AWS::SNS::Topic}
  Hourly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 hour)
      Targets: [{Id: box, Arn: !ImportValue BoxArn}]
Outputs: {Arn: {Value: !Ref Topic}}`,
    'readers.yaml': `Parameters: {TopicArn: {Type: String}}
Resources:
  Box: {Type: AWS::SQS::Queue, Properties: {QueueName: box}}
  Reading: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref TopicArn, Protocol: sqs, Endpoint: !GetAtt Box.Arn}}
Outputs: {Box: {Value: !GetAtt Box.Arn, Export: {Name: BoxArn}}}`,
  });
  const arn = 'arn:aws:sqs:eu-west-1:123456789012:box';
  expect(notes).toEqual([]);
  expect(topics).toMatchObject([{ logicalId: 'News/Topic', subscriptions: [{ endpoint: arn }] }]);
  expect(rules).toMatchObject([{ logicalId: 'News/Hourly', targets: [{ arn }] }]);
});

test('the template that the CDK writes for a nested stack is found by its metadata', () => {
  const { queues, includedFiles } = read({
    'template.yaml': `Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Metadata: {'aws:asset:path': Inner.nested.template.json, 'aws:asset:property': TemplateURL}
    Properties: {TemplateURL: !Sub 'https://s3.\${AWS::Region}.\${AWS::URLSuffix}/cdk-assets/0a1b.json'}`,
    'Inner.nested.template.json': '{"Resources": {"Box": {"Type": "AWS::SQS::Queue"}}}',
  });
  expect(queues.map(({ logicalId }) => logicalId)).toEqual(['Inner/Box']);
  expect(includedFiles).toEqual([expect.stringMatching(/Inner\.nested\.template\.json$/)]);
});

test('as many nested resources as CloudFormation has no room for are refused, and not read for ever', () => {
  const boxes = Array.from({ length: 40 }, (_, at) => `  Box${at}: {Type: AWS::SQS::Queue}`).join('\n');
  const level = (file: string) =>
    `Resources:\n${Array.from({ length: 10 }, (_, at) => `  N${at}: ${nested(file)}`).join('\n')}`;
  const problems = problemsOf({
    'template.yaml': level('a.yaml'),
    'a.yaml': level('b.yaml'),
    'b.yaml': level('c.yaml'),
    'c.yaml': `Resources:\n${boxes}`,
  });
  expect(problems[0]).toMatch(/the nested stacks have more than 2500 resources/);
});
