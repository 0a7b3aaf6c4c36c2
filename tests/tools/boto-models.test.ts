import { describe, expect, test } from 'vitest';
import { CLOUD_CONTROL } from '../../packages/serverless-loop/src/services/cloudcontrol/cloud-control.ts';
import { IAM } from '../../packages/serverless-loop/src/services/iam/iam-service.ts';
import { SCHEMAS } from '../../packages/serverless-loop/src/services/schemas/service.ts';
import { SNS } from '../../packages/serverless-loop/src/services/sns/service.ts';
import {
  type DescribedService,
  departures,
  notRead,
} from '../../packages/serverless-loop/tests/unit/aws/model-departures.ts';
import { findPython } from './boto-caller.ts';
import { botoModel } from './boto-model.ts';

/** The tables of services of which the tests have no SDK, their names in botocore, and the members that nothing here reads. */
const SERVICES: [name: string, service: DescribedService, inBotocore: string, notRead: string[]][] = [
  ['Cloud Control', CLOUD_CONTROL, 'cloudcontrol', ['GetResource.RoleArn', 'GetResource.TypeVersionId']],
  ['IAM', IAM, 'iam', ['ListPolicies.OnlyAttached', 'ListPolicies.PolicyUsageFilter']],
  ['Schemas', SCHEMAS, 'schemas', ['ListRegistries.Scope']],
  ['SNS', SNS, 'sns', []],
];

const python = await findPython('botocore');

describe.runIf(python)('the tables of operations, held against the models that botocore has', () => {
  test.each(SERVICES)(
    'what %s reads and answers is of the kinds, and by the names, of its API',
    async (_name, service, inBotocore) => {
      expect(departures(service, await botoModel(python ?? '', inBotocore))).toEqual([]);
    },
  );

  test.each(SERVICES)(
    'the members of %s’s API that nothing here reads are known',
    async (_name, service, inBotocore, known) => {
      expect(notRead(service, await botoModel(python ?? '', inBotocore))).toEqual(known.toSorted());
    },
  );
});
