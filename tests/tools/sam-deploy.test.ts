import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findTool } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeployingLoop, deployingLoop } from './deploying.ts';

const sam = await findTool('sam');
const STACK = 'snacks-deployed';

/** In their order: each goes on where the one before has ended, as a developer would. */
describe.runIf(sam.expected)('sam deploy against a loop', { concurrent: false }, () => {
  let loop: DeployingLoop;
  let template: string;
  beforeAll(async () => {
    loop = await deployingLoop(sam);
    template = await loop.build('first');
  });
  afterAll(() => loop?.stop());

  test('makes a bucket of its own and the stack, which takes an order to PROCESSED', async () => {
    const { stdout } = await loop.deploy(template, STACK);
    expect(stdout).toContain(`Successfully created/updated stack - ${STACK} in eu-west-1`);
    expect(stdout).toMatch(/Managed S3 bucket: aws-sam-cli-managed-default-samclisourcebucket-/);
    const outputs = await loop.outputs(STACK);
    expect(outputs.OrdersTableName).toMatch(new RegExp(`^${STACK}-OrdersTable-[A-Za-z0-9]{12}$`));
    expect(stdout).toContain(outputs.OrdersTableName);
    await loop.fulfilOrder(outputs);
  });

  test('changes nothing when nothing is changed, and says so by its exit status unless told not to', async () => {
    expect(await loop.failingDeploy(template, STACK, '--fail-on-empty-changeset')).toContain(
      'No changes to deploy',
    );
    const { stdout } = await loop.deploy(template, STACK, '--no-fail-on-empty-changeset');
    expect(stdout).toContain('No changes to deploy. Stack snacks-deployed is up to date');
  });

  test('a changed parameter changes the functions, and keeps the orders', async () => {
    const before = await loop.outputs(STACK);
    const { stdout } = await loop.deploy(template, STACK, '--parameter-overrides', 'LogLevel=DEBUG');
    expect(stdout).toMatch(/\* Modify\s+OrderCreatorFunction\s+AWS::Lambda::Function\s+False/);
    expect(await loop.outputs(STACK)).toEqual(before);
    expect(await loop.fulfilOrder(before)).toContain('"DEBUG"');
  });

  test('changed code is a new version, which answers', async () => {
    const bundle = path.join(path.dirname(template), 'OrderCreatorFunction/handler.js');
    appendFileSync(bundle, '\nconsole.log("the changed code is here");\n');
    const { stdout } = await loop.deploy(template, STACK, '--parameter-overrides', 'LogLevel=DEBUG');
    expect(stdout).toMatch(/\+ Add\s+OrderCreatorFunctionVe\s+AWS::Lambda::Version/);
    const log = await loop.fulfilOrder(await loop.outputs(STACK));
    expect(log).toContain('the changed code is here');
    expect(log).toContain('"version":"2"');
  });

  test('an update that fails is rolled back to what ran before, and says why', async () => {
    const failing = path.join(path.dirname(template), 'failing.yaml');
    const withApi = readFileSync(template, 'utf8').replace(
      /^Resources:$/m,
      'Resources:\n  Unheard:\n    Type: AWS::AppSync::GraphQLApi\n    Properties: {Name: unheard, AuthenticationType: API_KEY}\n    DependsOn: OrderCreatorFunction',
    );
    writeFileSync(failing, withApi);
    const said = await loop.failingDeploy(failing, STACK, '--parameter-overrides', 'LogLevel=ERROR');
    expect(said).toContain('UPDATE_ROLLBACK_COMPLETE');
    expect(said).toMatch(/CREATE_FAILED\s+AWS::AppSync::GraphQLA\s+Unheard\s+The loop can't make/);
    expect(await loop.reasonsOf(STACK)).toContain(
      "The loop can't make this resource: AWS::AppSync::GraphQLApi is not emulated",
    );
    expect(await loop.fulfilOrder(await loop.outputs(STACK))).toContain('"DEBUG"');
    // A stack that is rolled back can be deployed again.
    await loop.deploy(template, STACK, '--parameter-overrides', 'LogLevel=INFO');
  });

  test('another stack lives beside it, with a bus, a table and functions of its own', async () => {
    await loop.deploy(template, 'snacks-beside', '--parameter-overrides', 'OrderBusName=orders-beside');
    const [one, other] = [await loop.outputs(STACK), await loop.outputs('snacks-beside')];
    expect(Object.values(other).filter((value) => Object.values(one).includes(value))).toEqual([]);
    await loop.fulfilOrder(other);
    await loop.fulfilOrder(one);
    await loop.failingDeploy(template, 'snacks-clashing');
    expect(await loop.reasonsOf('snacks-clashing')).toContainEqual(
      expect.stringContaining(
        "'AWS::Events::EventBus' with identifier 'serverless-snacks-orders' already exists",
      ),
    );
    await loop.run(['delete', '--stack-name', 'snacks-clashing', '--no-prompts', '--region', 'eu-west-1']);
  });

  test('sam delete removes a stack with what it is made of, and leaves the other', async () => {
    const { stdout } = await loop.run([
      'delete',
      '--stack-name',
      STACK,
      '--no-prompts',
      '--region',
      'eu-west-1',
    ]);
    expect(stdout).toContain('Deleted successfully');
    await expect(loop.outputs(STACK)).rejects.toMatchObject({ stderr: expect.stringContaining(STACK) });
    await loop.fulfilOrder(await loop.outputs('snacks-beside'));
    await loop.deploy(template, STACK);
    await loop.fulfilOrder(await loop.outputs(STACK));
  });
});
