import { DEFAULT_ENDPOINT } from '../loop/default-endpoint.ts';
import { refuseInvalid } from '../loop/refuse-invalid.ts';
import { loadStack } from '../services/load.ts';
import type { Stack } from '../template/model.ts';
import { declaredStack } from './start-options.ts';
import type { Terminal } from './terminal/command.ts';
import { EXIT } from './terminal/failure.ts';
import { openCommand } from './terminal/open-command.ts';
import { showStack } from './terminal/show-stack.ts';

const HELP = `Prints what a start would run of a SAM template, and what not, by logical id, line and reason. Starts nothing.

usage: serverless-loop inspect [options]

  -t, --template FILE            the SAM template (default: template.yaml)
      --config-env NAME          environment of samconfig.toml beside it (default: default)
      --stack-name NAME          the stack's name (default: that of samconfig.toml, else local)
      --parameter-overrides A=B  a parameter of the template, or file://FILE with several; may be repeated
      --value NAME=VALUE         a value that the loop can't know, such as Db.Endpoint.Address; may be repeated
      --import NAME=VALUE        what another stack exports under a name; may be repeated
      --json                     one JSON object, for machines
  -h, --help                     this text
  -v, --version                  the version

exit status: 0 all of it runs, 1 something is missing or the template is wrong, 2 the command line is wrong
`;

export async function inspect(args: string[], { out }: Terminal): Promise<number> {
  const line = openCommand(
    args,
    {
      template: { type: 'string', short: 't' },
      'config-env': { type: 'string' },
      'stack-name': { type: 'string' },
      'parameter-overrides': { type: 'string', multiple: true },
      value: { type: 'string', multiple: true },
      import: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    },
    { help: HELP },
    { out },
  );
  if (!line) return EXIT.ok;
  const { values } = line;
  const declared = declaredStack(values);
  const stack = loadStack({ ...declared, path: declared.templatePath, endpoint: DEFAULT_ENDPOINT });
  await refuseInvalid(declared.templatePath, stack);
  showStack(stack, { json: values.json ?? false, inFull: true, out });
  return isWhole(stack) ? EXIT.ok : EXIT.failed;
}

/** True when all of it runs, or is without effect and without harm. */
function isWhole({ resources, notes }: Stack): boolean {
  if (notes.some(({ isMissing }) => isMissing)) return false;
  return resources.every(({ status }) => status === 'emulated' || status === 'accepted');
}
