import { kinds } from '../../src/services/kinds.ts';
import { ABSENT_TYPES } from './absent-types.ts';
import { linked } from './aws-pages.ts';
import { type KindReport, kindReports } from './kind-reports.ts';
import { type AnsweredService, answeredServices } from './services.ts';
import { type Subject, summaryTable, typeTable } from './summary.ts';
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

The tables below say where to look; each section has its service's operations, kinds of resources and behaviours, the latter by what the tests are about. A behaviour that no line tells is not known to differ, and not known to be exact. More is in [how far each service is emulated](emulated.md).
`;

/** The page docs/fidelity.md. */
export function fidelityPage(): string {
  const facts = Map.groupBy(testFacts(), titleOf);
  const services = new Map(answeredServices().map((service) => [service.title, service]));
  const titles = [...new Set([...services.keys(), ...Object.values(OF_TYPES), ...facts.keys()])]
    .filter((title) => title !== undefined)
    .sort((one, other) => one.localeCompare(other, 'en'));
  const all = kindReports();
  const subjects = titles
    .map(
      (title): Subject => ({
        title,
        service: services.get(title),
        facts: facts.get(title) ?? [],
        reports: all.filter(({ type }) => titleOfType(type) === title),
      }),
    )
    .filter(({ service, facts: told, reports }) => service || told.length > 0 || reports.length > 0);
  const others = all.filter(({ type }) => titleOfType(type) === undefined);
  const absent = ABSENT_TYPES.filter((type) => !kinds.get(type));
  return [HEAD, summaryTable(subjects), typeTable(subjects, others, absent), ...subjects.map(section)].join(
    '\n',
  );
}

function titleOfType(type: string): string | undefined {
  return OF_TYPES[type.split('::')[1] ?? ''];
}

function titleOf({ folder }: TestFact): string | undefined {
  const [floor, service = ''] = folder.split('/');
  return floor === 'unit' || floor === 'integration' ? FOLDERS[service] : undefined;
}

function section({ title, service, facts, reports }: Subject): string {
  const parts = [...(service ? operations(service) : []), ...resources(reports), ...behaviours(title, facts)];
  return `## ${title}\n\n${parts.join('\n')}`;
}

function operations({ answered, absent, ignored }: AnsweredService): string[] {
  const all = answered.length + absent.length;
  return [
    `**Operations**, ${answered.length} of ${all}: ${answered.join(', ')}.\n`,
    ...(ignored.length > 0 ? [`Near, taken without effect: ${ignored.map(code).join(', ')}.\n`] : []),
    ...(absent.length > 0 ? [`Absent: ${absent.join(', ')}.\n`] : []),
  ];
}

function resources(reports: readonly KindReport[]): string[] {
  if (reports.length === 0) return [];
  const rows = reports.flatMap(({ type, status, reason, parts }) => [
    ...(status === 'emulated' ? [] : [`- ${wordOf(status)}: ${code(type)}${reason ? `: ${reason}` : ''}`]),
    ...parts.map(
      (part) => `- ${wordOf(part.status)}: ${code(part.property)} of ${code(type)}: ${part.reason}`,
    ),
  ]);
  const emulated = reports.filter(({ status }) => status === 'emulated').map(({ type }) => code(type));
  const listed = emulated.length === 0 ? [] : [`**Resources**: ${emulated.join(', ')}.\n`];
  return [...listed, ...(rows.length === 0 ? [] : [`${rows.join('\n')}\n`])];
}

function wordOf(status: KindReport['status']): string {
  return status === 'accepted' ? 'near, taken without effect' : 'absent';
}

/** By the files of the tests, whose names say what they are about. */
function behaviours(title: string, facts: readonly TestFact[]): string[] {
  if (facts.length === 0) return [];
  const about = Map.groupBy(facts, ({ about }) => about);
  const groups = [...about]
    .sort(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([words, ofThese]) => `*${words}*\n\n${rowsOf(title, ofThese).join('\n')}\n`);
  return ['**Behaviour**\n', ...groups];
}

function rowsOf(title: string, facts: readonly TestFact[]): string[] {
  const byStatus = ['exact', 'near', 'absent'].flatMap((status) =>
    facts.filter((fact) => fact.status === status).map((fact) => row(title, fact)),
  );
  return [...new Set(byStatus)];
}

function row(title: string, { status, name, source }: TestFact): string {
  const told = source === undefined ? '' : ` (${linked(escaped(source), title)})`;
  return `- ${status}: ${escaped(name)}${told}`;
}

function escaped(text: string): string {
  return text.replace(/[<>|]/g, (character) => `\\${character}`);
}

function code(text: string): string {
  return `\`${text}\``;
}
