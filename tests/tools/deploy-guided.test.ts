import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSamConfig } from '../../local/template/samconfig.ts';
import { entriesAt } from '../unit/app/template.ts';
import { type AwsUntilUpload, startAwsUntilUpload } from './aws-until-upload.ts';
import { findTool } from './tool.ts';

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
  const folder = mkdtempSync(path.join(tmpdir(), 'guided-'));
  let amazon: AwsUntilUpload;
  beforeAll(async () => {
    await sam.run(['build']);
    amazon = await startAwsUntilUpload();
  });
  afterAll(async () => {
    await amazon?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Answers each question with a line of its own, and returns what was asked and the file with the answers. */
  async function deployGuided(name: string, answers: string[]): Promise<{ said: string; saved: string }> {
    const saved = path.join(folder, `${name}.toml`);
    copyFileSync('samconfig.toml', saved);
    return { said: await deploy(['--guided', '--config-file', saved], answers), saved };
  }

  /** Deploys until AWS refuses the first upload, which it has to come to. */
  async function deploy(options: string[], answers: string[] = []): Promise<string> {
    const before = amazon.calls.length;
    const failure: unknown = await sam
      .run(['deploy', ...options], {
        input: answers.map((answer) => `${answer}\n`).join(''),
        env: { AWS_ENDPOINT_URL: amazon.endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
      })
      .catch((error: unknown) => error);
    const { stdout, stderr } = Object(failure);
    expect(amazon.calls.slice(before).join('\n'), stderr).toMatch(/PUT \/bucket-of-sam\//);
    return stdout;
  }

  test('asks for every parameter, and offers the value that is deployed without asking', async () => {
    const { said } = await deployGuided(
      'asked',
      QUESTIONS.map(() => ''),
    );

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
    const { saved } = await deployGuided('answers', answers);

    expect(readSamConfig(saved)).toMatchObject({
      stackName: 'snacks-of-mine',
      region: 'eu-central-1',
      parameterOverrides: {
        Architecture: 'x86_64',
        OrderBusName: 'orders-of-mine',
        Stage: 'prod',
      },
    });
    expect(await deploy(['--config-file', saved, '--no-confirm-changeset'])).not.toContain('Parameter ');
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
