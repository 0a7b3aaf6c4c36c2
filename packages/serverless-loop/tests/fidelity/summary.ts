import type { KindReport } from './kind-reports.ts';
import type { AnsweredService } from './services.ts';
import type { TestFact } from './test-facts.ts';

/** A section of the page, by what it tells. */
export interface Subject {
  title: string;
  service: AnsweredService | undefined;
  facts: readonly TestFact[];
  /** Of its types of resources. */
  reports: readonly KindReport[];
}

/** A row for each service: how many operations, kinds of resources and behaviours there are, and how many of them lack something. */
export function summaryTable(subjects: readonly Subject[]): string {
  const rows = subjects.map(
    ({ title, service, facts, reports }) =>
      `| [${title}](#${anchorOf(title)}) | ${operationsOf(service)} | ${kindsOf(reports)} | ${behavioursOf(facts)} |`,
  );
  return [
    '## At a glance\n',
    '| service | operations answered | kinds of resources | behaviours: exact, near, absent |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function operationsOf(service: AnsweredService | undefined): string {
  if (!service) return '';
  const { answered, absent, ignored } = service;
  const all = `${answered.length} of ${answered.length + absent.length}`;
  return ignored.length === 0 ? all : `${all}; ${counted(ignored.length, 'member')} without effect`;
}

function kindsOf(reports: readonly KindReport[]): string {
  if (reports.length === 0) return '';
  const parts = reports.flatMap((report) => report.parts);
  const countOf = (of: readonly { status: string }[], status: string) =>
    of.filter((each) => each.status === status).length;
  const more = [
    told(countOf(reports, 'accepted'), 'without effect'),
    told(countOf(reports, 'not emulated'), 'absent'),
    told(countOf(parts, 'accepted'), 'without effect', 'property'),
    told(countOf(parts, 'not emulated'), 'absent', 'property'),
  ];
  return [String(reports.length), ...more.flat()].join('; ');
}

function told(count: number, what: string, word?: 'property'): string[] {
  if (count === 0) return [];
  return [`${word === undefined ? count : counted(count, word)} ${what}`];
}

function behavioursOf(facts: readonly TestFact[]): string {
  if (facts.length === 0) return '';
  return ['exact', 'near', 'absent']
    .map((status) => facts.filter((fact) => fact.status === status).length)
    .join(', ');
}

function counted(count: number, word: 'member' | 'property'): string {
  if (count === 1) return `1 ${word}`;
  return `${count} ${word === 'property' ? 'properties' : `${word}s`}`;
}

/** An anchor as GitHub makes it of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');
}

/** SAM makes resources of the other types of them, for which the same holds. */
const OF_SAM = ['Api', 'Connector', 'Function', 'HttpApi', 'LayerVersion', 'SimpleTable', 'StateMachine'];

/** Every type of resource that the page tells of, in the order of the alphabet, with where to look. */
export function typeTable(
  subjects: readonly Subject[],
  others: readonly KindReport[],
  absent: readonly string[],
): string {
  const known = subjects.flatMap(({ title, reports }) =>
    reports.map((report): [string, string] => [
      report.type,
      `${statusOf(report)} ([${title}](#${anchorOf(title)}))`,
    ]),
  );
  const named = others.map(({ type, reason, ...report }): [string, string] => [
    type,
    [statusOf(report), reason].filter((text) => text !== undefined).join(': '),
  ]);
  const sam = OF_SAM.map((name): [string, string] => [
    `AWS::Serverless::${name}`,
    'as the resources that SAM makes of it ([Templates](#templates))',
  ]);
  const missing = absent.map((type): [string, string] => [type, 'absent']);
  const rows = [...known, ...named, ...sam, ...missing].sort(([one], [other]) =>
    one.localeCompare(other, 'en'),
  );
  return [
    '## By kind of resource\n',
    'Partly: some of its properties are without effect or absent, which its section tells. A type that is not in the table is absent. `serverless-loop inspect` tells the same of a template, resource by resource.\n',
    '| type | |',
    '|---|---|',
    ...rows.map(([type, status]) => `| \`${type}\` | ${status} |`),
    '',
  ].join('\n');
}

function statusOf({ status, parts }: Pick<KindReport, 'status' | 'parts'>): string {
  if (status === 'accepted') return 'taken without effect';
  if (status === 'not emulated') return 'absent';
  return parts.length > 0 ? 'partly' : 'emulated';
}
