import process from 'node:process';
import {
  EXIT,
  endpointOfEnvironment,
  openCommand,
  parseStackName,
  runCommand,
  type Terminal,
  UsageError,
} from 'serverless-loop/commands';
import { STATUS_HELP } from './deploy-and-test/exit-status.ts';
import { chooseRegion, parseStage } from './deploy-and-test/region.ts';
import { throwAwayName } from './deploy-and-test/stack-tags.ts';
import { parseTimeLimits } from './deploy-and-test/time-limits.ts';

const HELP = `Deploys the system as a stack of its own, tests it end to end, and removes it.

usage: ./deploy-and-test.sh [options]

      --local             on a loop of its own in place of an AWS account: the same steps, the real SAM CLI
      --stack-name N      the stack's name (default: serverless-snacks-test- and 8 random digits)
      --stage S           dev or prod (default: dev); prod only with --keep, because its table can't be deleted
      --region R          (default: AWS_REGION, AWS_DEFAULT_REGION, else that of samconfig.toml)
      --keep              leave the stack, and say how to remove it
      --time-limit S=N    another limit for step S, in seconds; may be repeated
  -y, --yes               don't ask before an account is touched
  -h, --help              this text
  -v, --version           the version

Steps: tools, template, loop, credentials, name, consent, dependencies, types, unit, build, deploy, test; then what
takes them back: test-data, delete, loop-stop. Ctrl-C takes back what was started; once more leaves it as it is.

${STATUS_HELP}
`;

await runCommand(main);

async function main(args: string[], { out }: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      local: { type: 'boolean' },
      'stack-name': { type: 'string' },
      stage: { type: 'string' },
      region: { type: 'string' },
      keep: { type: 'boolean' },
      'time-limit': { type: 'string', multiple: true },
      yes: { type: 'boolean', short: 'y' },
    },
    { help: HELP },
    { out },
  );
  if (!line) return EXIT.ok;
  const { values } = line;
  const { local = false, keep = false, yes = false } = values;
  const stage = parseStage(values.stage ?? 'dev');
  if (stage === 'prod' && !keep)
    throw new UsageError("--stage prod: expected --keep beside it, because prod's table can't be deleted");
  if (!local && !yes && !process.stdin.isTTY)
    throw new UsageError(
      'this asks before it touches an account, and there is no terminal: say --yes, or --local',
    );
  const stackName =
    values['stack-name'] === undefined ? throwAwayName() : parseStackName(values['stack-name']);
  // Read later by the SDK and by SAM, which say less of what is wrong with it.
  if (!local) endpointOfEnvironment();
  const region = chooseRegion({ given: values.region, local });
  const limits = parseTimeLimits(values['time-limit'] ?? []);
  // Loaded late: the AWS SDK takes longer than to say what is wrong with a command line.
  const { deployAndTest } = await import('./deploy-and-test/for-person.ts');
  return deployAndTest({ out, local, keep, stage, stackName, region, limits, isAsked: !local && !yes });
}
