import { PortTakenError } from '../../gateway/gateway.ts';
import { printableLines } from '../../printable.ts';
import { TemplateError } from '../../template/error.ts';
import { UsageError } from '../../usage-error.ts';
import { NoLoopError } from './no-loop-error.ts';

/** Exit statuses of every command, for scripts. */
export const EXIT = { ok: 0, failed: 1, usage: 2, noLoop: 3 } as const;

/** Shows why a command ends and gives its exit status. Only for a fault of ours is there a stack trace. */
export function explainFailure(error: unknown, show: (text: string) => void): number {
  // Messages hold what was typed, read from files and answered by others; none has colours of its own.
  const write = (text: string) => show(printableLines(text));
  if (error instanceof UsageError) {
    write(`${error.message}\nSee --help.\n`);
    return EXIT.usage;
  }
  if (error instanceof PortTakenError) {
    write(
      `Port ${error.port} on ${error.address} is taken, perhaps by another loop. Choose another with --port N; 0 takes any free one.\n`,
    );
    return EXIT.failed;
  }
  if (error instanceof NoLoopError) {
    write(`${error.message}\n`);
    return EXIT.noLoop;
  }
  if (isAnswer(error)) {
    write(`${error.name}: ${indented(error.message)}\n`);
    return EXIT.failed;
  }
  const noAnswer = noAnswerText(error);
  if (noAnswer !== undefined) {
    write(`${indented(noAnswer)}\n`);
    return EXIT.failed;
  }
  if (isOfSystem(error)) {
    write(`${indented(systemReason(error))}\n`);
    return EXIT.failed;
  }
  if (error instanceof TemplateError || isExpected(error)) {
    write(`${error.message}\n`);
    return EXIT.failed;
  }
  write(`${indented(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  return EXIT.failed;
}

/** Indents the lines of others' text, so that they don't look like several things that the command says. */
function indented(text: string): string {
  return text.replace(/\r?\n(?! {4})/g, '\n    ');
}

/** Errors whose message says it all, by the name they carry. */
const EXPECTED = new Set([
  'BuildError',
  'BuildPropertyError',
  'CannotListenError',
  'CredentialsProviderError',
  'DamagedStoreError',
  'DebugPortTakenError',
  'DemoError',
  'DynamoDbUnreachableError',
  'FolderError',
  'InvalidPortError',
  'NoSuchFunctionError',
  'ParameterOverrideError',
  'SamConfigError',
  'StoreInUseError',
  'StoreWriteError',
  'TableMismatchError',
  'TableNotChangedError',
  'TableNotCreatedError',
  'TimeoutError',
  'TokenProviderError',
]);

function isExpected(error: unknown): error is Error {
  return error instanceof Error && EXPECTED.has(error.name);
}

/** An error that an AWS service answered, as the SDK throws it. */
function isAnswer(error: unknown): error is Error {
  return error instanceof Error && '$metadata' in error && '$fault' in error;
}

/** Codes of Node: nobody listens, the name is unknown, the line broke. A certificate that isn't trusted has its own. */
const NO_ANSWER_CODE =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EPIPE|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;
/** Errors of the AWS SDK: it waited, or found nothing to sign with. */
const NO_ANSWER_NAMES = new Set(['TimeoutError', 'CredentialsProviderError', 'TokenProviderError']);

/** The reason why a call of the AWS SDK got no answer, in a line; undefined when the error says something else. */
function noAnswerText(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!NO_ANSWER_NAMES.has(error.name) && !NO_ANSWER_CODE.test(code)) return undefined;
  // Node gives an error for several addresses no message.
  return `No answer from AWS, or from the endpoint that is set: ${error.message || code}`;
}

/** Of files and sockets: no fault of ours, and its message says where. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return false;
  return 'syscall' in error || error instanceof AggregateError;
}

/** Node's error for a name with several addresses has no message of its own, only one for each address. */
function systemReason(error: NodeJS.ErrnoException): string {
  if (error instanceof AggregateError) return error.errors.map(systemReason).join(', ');
  return error.message || (error.code ?? error.name);
}
