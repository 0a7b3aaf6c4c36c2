import { findPythonOfSam } from 'serverless-loop/tests';
import { typesBySam, typesInLoop } from 'serverless-loop/tests/parts';
import { describe, expect, test } from 'vitest';

const python = await findPythonOfSam();

describe.runIf(python.expected)(
  "the loop's logical ids of template.yaml are those of SAM's translator",
  () => {
    test.each([{}, { Stage: 'prod', AlarmEmail: 'a@example.com', ReservedConcurrency: '5' }])(
      'with %j',
      async (parameters) => {
        const [expected = {}] = await typesBySam(python, [{ path: 'template.yaml', parameters }]);
        if (!('AlarmEmail' in parameters)) {
          // Without an address its condition takes it out, on AWS too.
          expect(expected).toHaveProperty('AlarmSubscription');
          delete expected.AlarmSubscription;
        }
        expect(typesInLoop('template.yaml', parameters)).toEqual(expected);
      },
    );
  },
);
