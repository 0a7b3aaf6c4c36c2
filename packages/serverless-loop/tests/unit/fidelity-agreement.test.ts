import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { stackSummary } from '../../src/cli/terminal/stack-summary.ts';
import { kinds } from '../../src/services/kinds.ts';
import type { ResourceReport } from '../../src/template/model.ts';
import { runInProcess } from '../command-in-process.ts';
import { EVERY_KIND, kindReports } from '../fidelity/kind-reports.ts';

const STACK = {
  name: 'depot',
  place: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' },
  notes: [],
};

const PAGE_IS_OLD =
  'docs/fidelity.md is made anew by `npx vitest run packages/serverless-loop/tests/unit/fidelity.test.ts -u`';

const PLAIN = { paint: (_colour: string, text: string) => text, columns: undefined };
const part: ResourceReport = {
  logicalId: '',
  physicalId: '',
  type: 'AWS::Lambda::Function',
  line: 1,
  status: 'accepted',
  reason: 'the function is in this machine’s network',
};

/** Read from `inspect --json`, of a template with a resource of every kind. */
let inspected: { resources: ResourceReport[] };

beforeAll(async () => {
  const { stdout } = await runInProcess(['inspect', '--template', EVERY_KIND, '--json']);
  inspected = JSON.parse(stdout);
});

describe('a template with everything', () => {
  test('has each kind that the loop knows, and each property that it leaves out', () => {
    const parts = kindReports().flatMap(({ type, parts: of }) =>
      of.map(({ property }) => `${type}.${property}`),
    );
    const known = kinds.all.flatMap(({ type, leftOut = [] }) =>
      leftOut.map(([property]) => `${type}.${property}`),
    );
    expect(
      kindReports()
        .map(({ type }) => type)
        .sort(),
      `one of each kind stands in ${EVERY_KIND}, under a logical id of its own`,
    ).toEqual(kinds.all.map(({ type }) => type).sort());
    expect(parts.sort(), `and it has each property that its kind leaves out`).toEqual(known.sort());
  });

  test('is told alike by inspect and by the page, kind by kind and property by property', () => {
    const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8').split('\n');
    const missing = inspected.resources
      .filter(({ status }) => status !== 'emulated')
      .map(({ type, logicalId, status, reason = '' }) => {
        const word = status === 'accepted' ? 'near, taken without effect' : 'absent';
        const [, property] = logicalId.split('.');
        if (property !== undefined) return `- ${word}: \`${property}\` of \`${type}\`: ${reason}`;
        return reason === `${type} is not emulated`
          ? `- ${word}: \`${type}\``
          : `- ${word}: \`${type}\`: ${reason}`;
      })
      // The others stand in the table of kinds alone.
      .filter(
        (line) =>
          !/^- [\w ,]+: `AWS::(KMS|CodeDeploy|ResourceGroups|ApplicationInsights|ECR|CDK)::/.test(line),
      );
    expect(missing.length).toBeGreaterThan(40);
    expect(
      missing.filter((line) => !page.includes(line)),
      PAGE_IS_OLD,
    ).toEqual([]);
    const rows = page.filter((line) => /^\| `AWS::/.test(line));
    const wrong = kindReports().flatMap(({ type, status, parts }) => {
      const word =
        status === 'accepted'
          ? 'taken without effect'
          : status === 'not emulated'
            ? 'absent'
            : parts.length > 0
              ? 'partly'
              : 'emulated';
      return rows.some((row) => row.startsWith(`| \`${type}\` | ${word}`)) ? [] : [`${type} is ${word}`];
    });
    expect(wrong, PAGE_IS_OLD).toEqual([]);
  });

  test('is told alike by inspect and by the rows of a start', () => {
    const rows = stackSummary({ ...STACK, ...inspected }, PLAIN);
    const missing = inspected.resources.filter(({ status }) => status === 'not emulated');
    const untold = missing.filter(
      ({ logicalId, line, reason }) =>
        !rows.some(
          (row) => row.trim().replace(/\s+/g, ' ') === `not emulated ${logicalId}, line ${line}: ${reason}`,
        ),
    );
    expect(untold).toEqual([]);
    const noEffect = rows.find((row) => row.trim().startsWith('no effect')) ?? '';
    const accepted = inspected.resources.filter(({ status }) => status === 'accepted');
    expect(accepted.length).toBeGreaterThan(20);
    const named = accepted.filter(({ type, logicalId }) => {
      const [, property] = logicalId.split('.');
      const ofKind = accepted.filter(
        (other) => other.type === type && other.logicalId.endsWith(`.${property}`),
      );
      return property === undefined || ofKind.length === 1;
    });
    expect(named.filter(({ logicalId }) => !noEffect.includes(logicalId))).toEqual([]);
  });

  test('has the properties without effect of many resources in few words', () => {
    const parts = ['One', 'Two'].map((id) => ({
      ...part,
      logicalId: `${id}.VpcConfig`,
      physicalId: `${id}.VpcConfig`,
    }));
    const [, row] = stackSummary({ ...STACK, resources: parts }, PLAIN);
    expect(row?.trim()).toBe('no effect     VpcConfig of 2 functions');
  });
});
