import { kinds } from '../../src/services/kinds.ts';
import { ABSENT_TYPES } from './absent-types.ts';
import { type AnsweredService, answeredServices } from './services.ts';
import { type TestFact, testFacts } from './test-facts.ts';

/** The folders of tests whose facts are about a service, below unit/ or integration/. */
const FOLDERS: Readonly<Record<string, string>> = {
  apigateway: 'API Gateway',
  'apigateway-api': 'API Gateway',
  cloudformation: 'CloudFormation',
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDB',
  'event-sources': 'Lambda',
  eventbridge: 'EventBridge',
  expressions: 'DynamoDB',
  iam: 'IAM',
  kinesis: 'Kinesis',
  lambda: 'Lambda',
  'lambda-api': 'Lambda',
  'lambda-async': 'Lambda',
  logs: 'CloudWatch Logs',
  pipes: 'EventBridge Pipes',
  s3: 'S3',
  scheduler: 'EventBridge Scheduler',
  secretsmanager: 'Secrets Manager',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'Parameter Store',
  stepfunctions: 'Step Functions',
  template: 'Templates',
  xray: 'X-Ray',
};

/** Services by the second part of their types of resources. */
const OF_TYPES: Readonly<Record<string, string>> = {
  ApiGateway: 'API Gateway',
  ApiGatewayV2: 'API Gateway',
  CloudFormation: 'CloudFormation',
  CloudWatch: 'CloudWatch',
  DynamoDB: 'DynamoDB',
  Events: 'EventBridge',
  IAM: 'IAM',
  Kinesis: 'Kinesis',
  Lambda: 'Lambda',
  Logs: 'CloudWatch Logs',
  Pipes: 'EventBridge Pipes',
  S3: 'S3',
  SNS: 'SNS',
  SQS: 'SQS',
  SSM: 'Parameter Store',
  Scheduler: 'EventBridge Scheduler',
  SecretsManager: 'Secrets Manager',
  Serverless: 'Templates',
  StepFunctions: 'Step Functions',
  XRay: 'X-Ray',
};

const HEAD = `# What is exact, near and absent

This page is made of the tables that the loop runs by and of the names of its tests, and a test fails while it says anything else: \`npx vitest run packages/serverless-loop/tests/unit/fidelity.test.ts -u\` writes it anew.

- **Exact**: a test holds it against the page of AWS, or the record of AWS's own answers, that stands behind it. Records named \`….snapshot.json\` and \`test_…\` are those of LocalStack, moto and Scylla's Alternator, taken from AWS by their authors.
- **Near**: it works, and differs in what is said, or a part of it is taken without effect.
- **Absent**: it is refused, or named with its line by \`serverless-loop start\` and \`inspect\`.

What a service's page doesn't tell is in [how far each service is emulated](emulated.md).
`;

/** The page docs/fidelity.md. */
export function fidelityPage(): string {
  const facts = Map.groupBy(testFacts(), titleOf);
  const services = new Map(answeredServices().map((service) => [service.title, service]));
  const titles = [...new Set([...services.keys(), ...Object.values(OF_TYPES), ...facts.keys()])]
    .filter((title) => title !== undefined)
    .sort((one, other) => one.localeCompare(other, 'en'));
  const sections = titles.map((title) => section(title, services.get(title), facts.get(title) ?? []));
  return `${[HEAD, ...sections.filter((text) => text !== undefined), absentTypes()].join('\n')}`;
}

function titleOf({ folder }: TestFact): string | undefined {
  const [floor, service = ''] = folder.split('/');
  return floor === 'unit' || floor === 'integration' ? FOLDERS[service] : undefined;
}

function section(title: string, service: AnsweredService | undefined, facts: TestFact[]): string | undefined {
  const parts = [...(service ? operations(service) : []), ...resources(title), ...behaviours(facts)];
  return parts.length === 0 ? undefined : `## ${title}\n\n${parts.join('\n')}`;
}

function operations({ answered, absent, ignored }: AnsweredService): string[] {
  const all = answered.length + absent.length;
  return [
    `**Operations**, ${answered.length} of ${all}: ${answered.join(', ')}.\n`,
    ...(ignored.length > 0 ? [`Near, taken without effect: ${ignored.map(code).join(', ')}.\n`] : []),
    ...(absent.length > 0 ? [`Absent: ${absent.join(', ')}.\n`] : []),
  ];
}

function resources(title: string): string[] {
  const own = kinds.all.filter(({ type }) => OF_TYPES[type.split('::')[1] ?? ''] === title);
  if (own.length === 0) return [];
  const rows = own.flatMap(({ type, withoutEffect, leftOut = [] }) => [
    ...(withoutEffect === undefined
      ? []
      : [`- near: ${code(type)} is taken without effect: ${withoutEffect}`]),
    ...leftOut.map(
      ([property, status, reason]) =>
        `- ${status === 'accepted' ? 'near' : 'absent'}: ${code(property)} of ${code(type)}: ${reason}`,
    ),
  ]);
  const types = own.filter(({ withoutEffect }) => withoutEffect === undefined).map(({ type }) => code(type));
  const listed = types.length === 0 ? [] : [`**Resources**: ${types.join(', ')}.\n`];
  return [...listed, ...(rows.length === 0 ? [] : [`${rows.join('\n')}\n`])];
}

function behaviours(facts: TestFact[]): string[] {
  if (facts.length === 0) return [];
  const byStatus = ['exact', 'near', 'absent'].flatMap((status) =>
    facts.filter((fact) => fact.status === status).map(row),
  );
  return [`**Behaviour**\n`, `${[...new Set(byStatus)].join('\n')}\n`];
}

function row({ status, name, source }: TestFact): string {
  const text = name.replace(/[<>|]/g, (character) => `\\${character}`);
  return `- ${status}: ${text}${source === undefined ? '' : ` (${source.replace(/[<>|]/g, (c) => `\\${c}`)})`}`;
}

function absentTypes(): string {
  const absent = ABSENT_TYPES.filter((type) => !kinds.get(type));
  return `## Other resources

Of the types that public templates with functions have, these are absent, as is every other that is not named above: ${absent.map(code).join(', ')}.
`;
}

function code(text: string): string {
  return `\`${text}\``;
}
