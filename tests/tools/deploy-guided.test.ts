import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSamConfig } from 'serverless-loop/commands';
import { findTool } from 'serverless-loop/tests';
import { parse } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entriesAt } from '../unit/app/template.ts';
import { type DeployingLoop, deployingLoop } from './deploying.ts';

const sam = await findTool('sam');
const parameters = entriesAt('Parameters');

test('every parameter of the template has a description and a default', () => {
  expect(parameters.length).toBeGreaterThan(0);
  for (const [name, { Description, Default }] of parameters) {
    expect(Description, name).toMatch(/\w+ \w+/);
    expect(Default, name).toBeDefined();
  }
});

describe.runIf(sam.expected)('sam deploy --guided', () => {
  let loop: DeployingLoop;
  beforeAll(async () => {
    loop = await deployingLoop(sam);
    await sam.run(['build']);
  });
  afterAll(() => loop?.stop());

  /** Answers each question with a line of its own, and returns what was said and the file with the answers. */
  async function deployGuided(name: string, answers: string[]): Promise<{ said: string; saved: string }> {
    const saved = path.join(loop.folder, `${name}.toml`);
    copyFileSync('samconfig.toml', saved);
    return { said: await deploy(['--guided', '--config-file', saved], answers), saved };
  }

  async function deploy(options: string[], answers: string[] = []): Promise<string> {
    const input = answers.map((answer) => `${answer}\n`).join('');
    const { stdout } = await sam.run(['deploy', ...options], { input, env: loop.env });
    return stdout;
  }

  test('asks for every parameter, and offers the value that is deployed without asking', async () => {
    const { said } = await deployGuided(
      'asked',
      QUESTIONS.map(() => ''),
    );

    expect(said).toContain('Successfully created/updated stack - serverless-snacks-dev');
    const overrides = readSamConfig('samconfig.toml')?.parameterOverrides ?? {};
    for (const [name, { Default }] of parameters) {
      expect(said).toContain(`Parameter ${name} [${overrides[name] ?? Default}]: `);
    }
  });

  test('saves defaults that mean what samconfig.toml meant before, and leaves the rest of it alone', async () => {
    const { saved } = await deployGuided(
      'defaults',
      QUESTIONS.map(() => ''),
    );

    const before = readSamConfig('samconfig.toml');
    const defaults = Object.fromEntries(parameters.map(([name, { Default }]) => [name, String(Default)]));
    expect(readSamConfig(saved)).toEqual({
      ...before,
      parameterOverrides: { ...defaults, ...before?.parameterOverrides },
    });
    expect(withoutDeploy(saved)).toEqual(withoutDeploy('samconfig.toml'));
  });

  test('saves other answers so that the next sam deploy needs no question', async () => {
    const answers = QUESTIONS.map((question) => ANSWERS[question] ?? '');
    const { said, saved } = await deployGuided('answers', answers);

    expect(readSamConfig(saved)).toMatchObject({
      stackName: 'snacks-of-mine',
      region: 'eu-central-1',
      parameterOverrides: {
        Architecture: 'x86_64',
        OrderBusName: 'orders-of-mine',
        Stage: 'prod',
      },
    });
    expect(said).toContain('Successfully created/updated stack - snacks-of-mine in eu-central-1');
    const again = await deploy(['--config-file', saved, '--no-confirm-changeset']);
    expect(again).not.toMatch(/Parameter \w+ \[/);
    expect(again).toContain('No changes to deploy. Stack snacks-of-mine is up to date');
  });
});

/** In the order in which SAM asks them. */
const QUESTIONS = [
  'stack name',
  'region',
  ...parameters.map(([name]) => name),
  'confirm changes',
  'allow role creation',
  'disable rollback',
  'save arguments',
  'configuration file',
  'configuration environment',
];

const ANSWERS: Record<string, string> = {
  'stack name': 'snacks-of-mine',
  region: 'eu-central-1',
  Architecture: 'x86_64',
  OrderBusName: 'orders-of-mine',
  Stage: 'prod',
};

function withoutDeploy(file: string): unknown {
  const { default: stage, ...others } = parse(readFileSync(file, 'utf8'));
  const { deploy: _, global: __, ...rest } = Object(stage);
  return { ...others, default: rest };
}
