import { findPythonOfSam } from 'serverless-loop/tests';
import { typesBySam, typesInLoop } from 'serverless-loop/tests/parts';
import { beforeAll, describe, expect, test } from 'vitest';

const python = await findPythonOfSam();
const CASES: { parameters: Record<string, string> }[] = [
  { parameters: {} },
  { parameters: { Stage: 'prod', AlarmEmail: 'a@example.com', ReservedConcurrency: '5' } },
];

describe.runIf(python.expected)(
  "the loop's logical ids of template.yaml are those of SAM's translator",
  () => {
    let bySam: Record<string, string>[];
    beforeAll(async () => {
      bySam = await typesBySam(
        python,
        CASES.map(({ parameters }) => ({ path: 'template.yaml', parameters })),
      );
    });

    test.each(CASES.map(({ parameters }, at) => ({ parameters, at })))(
      'with $parameters',
      ({ parameters, at }) => {
        const { AlarmSubscription, ...expected } = bySam[at] ?? {};
        expect(AlarmSubscription).toBe('AWS::SNS::Subscription');
        // Without an address its condition takes it out, on AWS too.
        expect(typesInLoop('template.yaml', parameters)).toEqual(
          'AlarmEmail' in parameters ? bySam[at] : expected,
        );
      },
    );
  },
);
