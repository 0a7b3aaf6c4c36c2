import { randomUUID } from 'node:crypto';
import { findTool, type RunOptions } from 'serverless-loop/tests';
import { beforeAll, describe, expect, test } from 'vitest';
import { findDocker } from './docker.ts';
import { makeArm64Image, removeWithBuilds } from './foreign-image.ts';
import { quoted } from './troubleshooting.ts';

const [docker, sam] = await Promise.all([findDocker(), findTool('sam')]);
const invocation = ['local', 'invoke', 'OrderCreatorFunction', '-e', 'events/order.json'];

describe.runIf(docker.expected && sam.expected)('sam local invoke', () => {
  beforeAll(async () => {
    await sam.run(['build']);
  });

  async function invokeOn(network: string, more: string[] = [], options: RunOptions = {}) {
    return sam.run([...invocation, '--skip-pull-image', '--docker-network', network, ...more], options);
  }

  test('asks for a container runtime where none answers', async () => {
    const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    await expect(invokeOn('any', [], { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        quoted(
          'Error: Running AWS SAM projects locally requires a container runtime. Do you have Docker or Finch installed and running?',
        ),
      ),
    });
  });

  test('fails as by a bug of its own before docker compose up has made the network', async () => {
    await expect(invokeOn('snacks-nowhere')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        quoted('An unexpected error was encountered while executing "sam local invoke"'),
      ),
    });
  });

  describe('on a network without DynamoDB Local', () => {
    const network = `snacks-${randomUUID().slice(0, 8)}`;
    beforeAll(async () => {
      await docker.run(['network', 'create', network]);
      return async () => {
        await docker.run(['network', 'rm', network]);
      };
    });

    test('exits with 0, and its answer tells that there is no connection', async () => {
      const { stdout } = await invokeOn(network);
      const answer = JSON.parse(stdout);
      expect(answer).toHaveProperty('errorType');
      // Docker asks this machine's name server for what no container is called.
      expect([
        quoted('getaddrinfo ENOTFOUND dynamodb-local'),
        quoted('getaddrinfo EAI_AGAIN dynamodb-local'),
        `@smithy/node-http-handler - ${quoted('the request socket did not establish a connection with the server within the configured timeout of 500 ms')}.`,
      ]).toContain(answer.errorMessage);
    });
  });

  describe('with an image for arm64 where nothing runs it', () => {
    const name = `snacks-${randomUUID().slice(0, 8)}`;
    beforeAll(async () => {
      await docker.run(['network', 'create', name]);
      await makeArm64Image(docker, `${name}:arm64`);
      return async () => {
        await docker.run(['network', 'rm', name]);
        await removeWithBuilds(docker, `${name}:arm64`);
      };
    });

    test('fails at the first command that it runs in the image', async () => {
      const arm64 = ['--config-env', 'arm64', '--invoke-image', `${name}:arm64`];
      await expect(invokeOn(name, arm64)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining(
          quoted("Error building docker image: The command '/bin/sh -c mv /var/rapid/aws-lambda-rie-arm64"),
        ),
      });
    });
  });
});
