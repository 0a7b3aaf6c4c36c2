import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { PACKAGES } from '../../../scripts/runtime-node.mjs';
import { deployedStack } from './stack.ts';
import { ROOT, resourcesOf, treeAt } from './template.ts';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const {
  Parameters: forEveryFunction,
  ...forOneFunction
}: Record<string, Record<string, string>> = JSON.parse(read('env.json'));
interface Service {
  image?: string;
  command: string[];
  ports: string[];
}
const compose: {
  services: Record<'dynamodb-local' | 'loop', Service>;
  networks: { default: { name: string } };
} = parseYaml(read('docker-compose.yml'));
const { command: loopCommand } = compose.services.loop;
/** Fixed there, whatever samconfig.toml calls the stack after `sam deploy --guided`. */
const stackName = loopCommand[loopCommand.indexOf('--stack-name') + 1];
const functions = resourcesOf('AWS::Serverless::Function').map(([logicalId]) => logicalId);

function declaredBy(logicalId: string): Record<string, unknown> {
  return {
    ...treeAt('Globals.Function.Environment.Variables'),
    // A function may have none of its own.
    ...Object(Object(treeAt(`Resources.${logicalId}.Properties`).Environment).Variables),
  };
}

/** As SAM CLI puts it together, the function's own block over the common one. */
const setFor = (logicalId: string) => ({ ...forEveryFunction, ...forOneFunction[logicalId] });

describe('env.json', () => {
  test.each(functions)(
    'sets only variables that the template declares, which SAM CLI would drop unsaid: %s',
    (id) => {
      expect(Object.keys(declaredBy(id))).toEqual(expect.arrayContaining(Object.keys(setFor(id))));
    },
  );

  test('has a block for functions of the template only', () => {
    expect(functions).toEqual(expect.arrayContaining(Object.keys(forOneFunction)));
  });

  test.each(functions)('names what SAM CLI would name by its logical id, and every endpoint: %s', (id) => {
    const resources = Object.keys(treeAt('Resources'));
    const unknownToSam = Object.entries(declaredBy(id)).filter(
      ([name, value]) => name.startsWith('AWS_ENDPOINT_URL') || resources.includes(String(value)),
    );
    expect(unknownToSam.length).toBeGreaterThanOrEqual(4);
    for (const [name] of unknownToSam) expect(setFor(id)).toHaveProperty(name);
  });

  test.each(functions)(
    "has the names that the loop in the container gives the table and the bus, and the template's NODE_OPTIONS: %s",
    (id) => {
      const { environment = {} } =
        deployedStack('default', stackName).functions.find((fn) => fn.logicalId === id) ?? {};
      const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_EVENTBRIDGE, ...names } =
        setFor(id);
      expect(environment).toMatchObject(names);
    },
  );

  test('finds each service at the name and port of a container', () => {
    const at = (service: 'dynamodb-local' | 'loop') =>
      `http://${service}:${String(compose.services[service].ports[0]).split(':').at(-1)}`;
    expect(forEveryFunction).toMatchObject({
      AWS_ENDPOINT_URL: at('loop'),
      AWS_ENDPOINT_URL_DYNAMODB: at('dynamodb-local'),
      AWS_ENDPOINT_URL_EVENTBRIDGE: at('loop'),
    });
  });
});

describe.each([
  ['default', 'x86_64'],
  ['arm64', 'arm64'],
])('samconfig.toml, environment %s', (environment, architecture) => {
  const commands = parseToml(read('samconfig.toml'))[environment];

  test.each(['local_invoke', 'local_start_lambda'])(
    `runs %s beside the containers, on ${architecture}`,
    (command) => {
      expect(commands).toMatchObject({
        [command]: {
          parameters: {
            env_vars: 'env.json',
            docker_network: compose.networks.default.name,
            parameter_overrides: `Architecture=${architecture}`,
          },
        },
      });
    },
  );

  test('builds from the checkout', () => {
    expect(commands).toMatchObject({ build: { parameters: { build_in_source: true } } });
  });
});

describe('docker-compose.yml', () => {
  test('publishes ports on loopback only', () => {
    for (const [service, { ports }] of Object.entries(compose.services)) {
      for (const port of ports) expect(port, service).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    }
  });

  test('pins its image, and builds the loop on the Node that the functions run on', () => {
    expect(compose.services['dynamodb-local'].image).toMatch(/:\d+\.\d+\.\d+$/);
    const [, version] = PACKAGES['linux-x64']?.name.split('@') ?? [];
    expect(read('Dockerfile')).toMatch(`ARG BASE_IMAGE=node:${version}-`);
  });

  test('lets the loop answer to its own name, the one in env.json', () => {
    expect(loopCommand[loopCommand.indexOf('--allow-host') + 1]).toBe('loop');
  });
});

test('the image holds what it copies, and no packages of this machine', () => {
  const [first, ...kept] = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(first).toBe('*');
  expect(kept.every((line) => line.startsWith('!') && existsSync(path.join(ROOT, line.slice(1))))).toBe(true);
  expect(kept).not.toContain('!node_modules');
});

test.each(['docs/sam-local.md', 'events/README.md'])(
  '%s puts an order into the table that env.json names',
  (page) => {
    expect(read(page)).toMatch(new RegExp(`--table-name ${forEveryFunction?.ORDERS_TABLE_NAME}\\s`));
  },
);
