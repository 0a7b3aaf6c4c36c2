import path from 'node:path';
import process from 'node:process';
import {
  EXIT,
  endpointOfEnvironment,
  openCommand,
  parseParameterOverrides,
  parseStackName,
  runCommand,
  type Terminal,
  UsageError,
} from 'serverless-loop/commands';
import { STATUS_HELP } from './deploy-and-test/exit-status.ts';
import { chooseRegion, parseStage, stageSettings } from './deploy-and-test/region.ts';
import { reports } from './deploy-and-test/reports.ts';
import { throwAwayName } from './deploy-and-test/stack-tags.ts';
import { parseTimeLimits } from './deploy-and-test/time-limits.ts';

const HELP = `For a pipeline: deploys a throw-away stack, tests and removes it; then, only if all held, deploys a stage, places
one marked order there and sees it PROCESSED. If it isn't, what the stage was before is deployed again.

usage: ./deploy-and-test-cd.sh --stage S [options]        each option, or the variable behind it:

      --stage S                  dev or prod                                            STAGE
      --stage-stack N            the stage's stack (default: that of samconfig.toml)    STAGE_STACK
      --parameter-overrides A=B  for the stage, beside those of samconfig.toml; may     PARAMETER_OVERRIDES
                                 be repeated
      --stack-name N             the throw-away stack (default: serverless-snacks-      STACK_NAME
                                 test- and 8 random digits)
      --region R                 (default: that of samconfig.toml)                      AWS_REGION
      --reports DIR              where steps.xml, end-to-end.xml (JUnit),               REPORTS
                                 test-outputs.json and stage-outputs.json go
                                 (default: reports)
      --time-limit S=N           another limit for step S, in seconds; may be           TIME_LIMITS
                                 repeated
      --local                    on a loop of its own in place of an AWS account        LOCAL=1
  -h, --help                     this text
  -v, --version                  the version

It asks nothing. Steps: tools, template, loop, credentials, name, dependencies, types, unit, build; deploy, test,
test-data, delete; save, stage, order, order-removal, restore; loop-stop. A signal takes back what was started.

${STATUS_HELP}
`;

await runCommand(main);

async function main(args: string[], { out }: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      stage: { type: 'string' },
      'stage-stack': { type: 'string' },
      'parameter-overrides': { type: 'string', multiple: true },
      'stack-name': { type: 'string' },
      region: { type: 'string' },
      reports: { type: 'string' },
      'time-limit': { type: 'string', multiple: true },
      local: { type: 'boolean' },
    },
    { help: HELP },
    { out },
  );
  if (!line) return EXIT.ok;
  const { values } = line;
  const { env } = process;
  const local = values.local ?? env.LOCAL === '1';
  // Read later by the SDK and by SAM, which say less of what is wrong with it.
  if (!local) endpointOfEnvironment();
  const stageName = values.stage ?? env.STAGE;
  if (!stageName) throw new UsageError('--stage: expected dev or prod, found nothing');
  const settings = stageSettings(parseStage(stageName));
  const stageStackName = parseStackName(
    values['stage-stack'] ?? (env.STAGE_STACK || settings.stackName) ?? '',
  );
  const stackName = parseStackName(values['stack-name'] ?? (env.STACK_NAME || throwAwayName()));
  if (stackName === stageStackName)
    throw new UsageError(`--stack-name: the throw-away stack can't be the stage's own, ${stackName}`);
  const overrides = values['parameter-overrides'] ?? [env.PARAMETER_OVERRIDES ?? ''];
  // Loaded late: the AWS SDK takes longer than to say what is wrong with a command line.
  const { deployTestAndRelease } = await import('./deploy-and-test/for-pipeline.ts');
  return deployTestAndRelease({
    out,
    local,
    stackName,
    stage: {
      stackName: stageStackName,
      environment: settings.environment,
      parameters: { ...settings.parameterOverrides, ...parseOverrides(overrides) },
    },
    region: chooseRegion({ given: values.region, local }),
    limits: parseTimeLimits(values['time-limit'] ?? wordsOf(env.TIME_LIMITS)),
    files: reports(path.resolve(values.reports ?? (env.REPORTS || 'reports'))),
    isGitHub: env.GITHUB_ACTIONS === 'true',
  });
}

function parseOverrides(texts: string[]): Record<string, string> {
  try {
    return parseParameterOverrides(texts);
  } catch (cause) {
    throw new UsageError(`--parameter-overrides: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function wordsOf(text: string | undefined): string[] {
  return text?.split(/\s+/).filter((word) => word !== '') ?? [];
}
