import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/aws/json-object.ts';
import type { Call } from '../../../src/aws/operation.ts';
import { queryService } from '../../../src/aws/service.ts';
import { CLOUDFORMATION, stackStore, startDeployer } from '../../../src/services/cloudformation/service.ts';
import { loadDeployment } from '../../../src/services/load.ts';
import { processTemplate } from '../../../src/template/processed.ts';
import { summarizeTemplate } from '../../../src/template/summary.ts';
import { called } from '../../operation-calls.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const TemplateBody = 'Resources: {Boxes: {Type: AWS::SQS::Queue}}';

/** CloudFormation over no services. */
function operations() {
  const store = stackStore();
  const report = () => undefined;
  const deployer = startDeployer({
    store,
    place,
    kinds: [],
    report,
    read: (request) =>
      loadDeployment({ path: 'template', place, endpoint: 'http://127.0.0.1:1', ...request }),
    runs: () => undefined,
  });
  const service = queryService(CLOUDFORMATION, {
    store,
    place,
    report,
    deployer,
    reader: {
      ready: async () => {},
      summarize: summarizeTemplate,
      process: processTemplate,
      makesIdentity: () => false,
    },
    templateAt: async () => undefined,
  });
  const call: Call = {
    caller: {},
    requestId: 'r-1',
    endpoint: 'http://127.0.0.1:1',
    signal: new AbortController().signal,
  };
  return async (name: string, input: JsonObject) => called(service.operations[name], input, call);
}

test('of two calls that make a stack at the same time one does, and the other is told', async () => {
  const run = operations();
  const create = () => run('CreateStack', { StackName: 'depot', TemplateBody });
  const outcomes = await Promise.allSettled([create(), create()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await run('DescribeStacks', {})).toMatchObject({ Stacks: [{ StackName: 'depot' }] });
});

test('two change sets of a new stack at the same time are of one stack', async () => {
  const run = operations();
  const create = (ChangeSetName: string) =>
    run('CreateChangeSet', { StackName: 'depot', ChangeSetType: 'CREATE', ChangeSetName, TemplateBody });
  const [one, other] = await Promise.all([create('one'), create('other')]);
  expect(one?.StackId).toBe(other?.StackId);
});

test('of two updates at the same time one is refused', async () => {
  const run = operations();
  await run('CreateStack', { StackName: 'depot', TemplateBody });
  const update = (name: string) =>
    run('UpdateStack', { StackName: 'depot', TemplateBody: TemplateBody.replace('Boxes', name) });
  const outcomes = await Promise.allSettled([update('Crates'), update('Parcels')]);
  expect(outcomes).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { message: expect.stringContaining('UPDATE_IN_PROGRESS state') } },
  ]);
});
