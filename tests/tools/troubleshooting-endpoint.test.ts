import { tmpdir } from 'node:os';
import { findTool, type LoopProcess, startCommand } from 'serverless-loop/tests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoted } from './troubleshooting.ts';

const [sam, cli, env, shell] = await Promise.all([
  findTool('sam'),
  findTool('aws'),
  findTool('env'),
  findTool('bash'),
]);
/** No settings but those of the test: no file, and no machine that would be asked. */
const NOTHING = {
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
};
const REGION = { ...NOTHING, AWS_DEFAULT_REGION: 'eu-west-1' };
const SIGNED = { ...REGION, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const NOBODY = 'http://127.0.0.1:1';

describe.runIf(sam.expected && cli.expected)('what a first user of the tools may meet', () => {
  let loop: LoopProcess;
  let toLoop: Record<string, string>;
  beforeAll(async () => {
    loop = await startCommand(['start', '--port', '0', '--no-watch']);
    toLoop = { ...SIGNED, AWS_ENDPOINT_URL: loop.endpoint };
  });
  afterAll(() => loop.stop());

  async function saysSo(running: Promise<unknown>, message: string): Promise<void> {
    const error = await running.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ stderr: expect.stringContaining(message) });
  }

  const withoutRegion = (...command: string[]) =>
    env.run(['-u', 'AWS_DEFAULT_REGION', ...command], { env: NOTHING, cwd: tmpdir() });

  test('aws without a Region', async () => {
    await saysSo(
      withoutRegion('aws', 'dynamodb', 'list-tables'),
      quoted('You must specify a region. You can also configure your region by running "aws configure".'),
    );
  });

  test('aws without credentials', async () => {
    const [first, second] = [
      quoted('Unable to locate credentials. You can configure credentials by running "aws configure".'),
      quoted('Unable to locate credentials. You can configure credentials by running "aws login".'),
    ];
    const error: unknown = await cli.run(['dynamodb', 'list-tables'], { env: REGION }).catch((it) => it);
    expect([first, second].filter((message) => String(error).includes(message))).toHaveLength(1);
  });

  test('sam without a Region, away from samconfig.toml', async () => {
    await saysSo(
      withoutRegion('sam', 'list', 'resources', '--stack-name', 'x'),
      quoted(
        'Error: No region information found. Please provide --region parameter or configure default region settings.',
      ),
    );
  });

  test('sam without the profile of --config-env loop', async () => {
    await saysSo(
      sam.run(['list', 'resources', '--config-env', 'loop'], { env: NOTHING }),
      quoted('Error: The config profile (loop) could not be found'),
    );
  });

  test('no loop at the endpoint', async () => {
    quoted('Could not connect to the endpoint URL: "http://127.0.0.1:4580/"');
    const toNobody = { ...SIGNED, AWS_ENDPOINT_URL: NOBODY };
    await saysSo(
      cli.run(['dynamodb', 'list-tables'], { env: toNobody }),
      `Could not connect to the endpoint URL: "${NOBODY}/"`,
    );
  });

  test('a proxy in between, until npm run env has set the exceptions', async () => {
    const url = quoted('Failed to connect to proxy URL: "http://proxy.example:3128"').replace(
      'http://proxy.example:3128',
      NOBODY,
    );
    const proxied = { ...toLoop, HTTP_PROXY: NOBODY, http_proxy: NOBODY };
    await saysSo(cli.run(['dynamodb', 'list-tables'], { env: proxied }), url);
    const typed = ['-euc', 'eval "$(npm run -s env)"; aws dynamodb list-tables'];
    expect(JSON.parse((await shell.run(typed, { env: proxied })).stdout)).toHaveProperty('TableNames');
  });

  test('an operation that the loop has not', async () => {
    const reason = "The loop doesn't emulate ListClusters of AmazonEC2ContainerServiceV20141113.";
    quoted(
      `An error occurred (UnknownOperationException) when calling the ListClusters operation: ${reason}`,
    );
    // Version 2 of the AWS CLI says before the reason how often it has tried.
    await saysSo(cli.run(['ecs', 'list-clusters'], { env: toLoop }), reason);
  });

  test('a stack that is not there', async () => {
    await saysSo(
      sam.run(['list', 'resources', '--stack-name', 'nope'], { env: toLoop }),
      quoted('Error: The input stack nope does not exist on Cloudformation in the region eu-west-1'),
    );
  });

  test('a deployment over the bus of another stack, and one without the capability', async () => {
    await sam.run(['build']);
    await saysSo(
      sam.run(['deploy', '--stack-name', 'second'], { env: toLoop }),
      quoted(
        'Error: Failed to create/update the stack: second, Waiter StackCreateComplete failed: Waiter encountered a terminal failure state: For expression "Stacks[].StackStatus" we matched expected path: "ROLLBACK_COMPLETE" at least once',
      ),
    );
    await saysSo(
      sam.run(
        [
          'deploy',
          '--stack-name',
          'third',
          '--capabilities',
          'CAPABILITY_AUTO_EXPAND',
          '--parameter-overrides',
          'OrderBusName=third',
        ],
        { env: toLoop },
      ),
      quoted(
        'Error: Failed to create/update the stack: third, An error occurred (InsufficientCapabilitiesException) when calling the ExecuteChangeSet operation: Requires capabilities : [CAPABILITY_IAM]',
      ),
    );
  });
});
