import path from 'node:path';
import process from 'node:process';
import { readSamConfig, type SamConfig, UsageError } from 'serverless-loop/commands';
import { ROOT } from './checkout.ts';

/** Reads a stage's settings from samconfig.toml. Throws UsageError. */
export function stageSettings(stage: Stage): SamConfig & { environment: string } {
  const environment = stage === 'prod' ? 'prod' : 'default';
  const settings = readSamConfig(path.join(ROOT, 'samconfig.toml'), environment);
  if (settings) return { ...settings, environment };
  throw new UsageError(`--stage: samconfig.toml has no environment "${environment}"`);
}

export type Stage = 'dev' | 'prod';

export function parseStage(text: string): Stage {
  if (text === 'dev' || text === 'prod') return text;
  throw new UsageError(`--stage: expected dev or prod, found "${text}"`);
}

/** As given, else the environment's, else that of samconfig.toml. A loop has that of samconfig.toml. */
export function chooseRegion({ given, local }: { given: string | undefined; local: boolean }): string {
  const configured = stageSettings('dev').region ?? 'us-east-1';
  if (local) {
    if (given === undefined || given === configured) return configured;
    throw new UsageError(
      `--region: a loop of --local is in ${configured}, as samconfig.toml says; found "${given}"`,
    );
  }
  const region = given ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || configured);
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return region;
  throw new UsageError(`--region: expected a Region such as eu-west-1, found "${region}"`);
}
