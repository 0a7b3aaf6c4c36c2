import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import type { Report } from '../facts.ts';
import { DEFAULT_PORT } from '../loop/default-endpoint.ts';
import type { DeclaredStack, LoopOptions } from '../loop/loop.ts';
import { cdkEnvironmentOf } from '../template/cdk-environment.ts';
import type { GivenValues } from '../template/deployment.ts';
import { overridesIn, parseGivenValues, readSamConfig, samConfigOf } from '../template/samconfig.ts';
import { readStoredValues } from '../template/stored-values-file.ts';
import type { StoredValues } from '../template/values/stored-values.ts';
import { UsageError } from '../usage-error.ts';
import { faultSetting } from './fault-option.ts';
import {
  parseAddress,
  type parseArguments,
  parseHostName,
  parsePort,
  parseRetrySpeed,
  parseStackName,
} from './terminal/arguments.ts';

/** The account of every ARN the loop makes: one that no AWS account has. */
const ACCOUNT_ID = '000000000000';

/** Node's own. */
const DEFAULT_INSPECT_PORT = 9229;

/** Options of every command that starts a loop, for `parseArgs`. */
export const LOOP_OPTIONS = {
  template: { type: 'string', short: 't' },
  'config-env': { type: 'string' },
  'stack-name': { type: 'string' },
  'parameter-overrides': { type: 'string', multiple: true },
  value: { type: 'string', multiple: true },
  import: { type: 'string', multiple: true },
  store: { type: 'string' },
  port: { type: 'string', short: 'p' },
  listen: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  'retry-speed': { type: 'string' },
  data: { type: 'string' },
  dynamodb: { type: 'string' },
  fault: { type: 'string', multiple: true },
  otlp: { type: 'string' },
  jwks: { type: 'string', multiple: true },
  inspect: { type: 'string', multiple: true },
  'inspect-wait': { type: 'string', multiple: true },
  'inspect-port': { type: 'string' },
  empty: { type: 'boolean' },
  strict: { type: 'boolean' },
  unsigned: { type: 'boolean' },
  'no-watch': { type: 'boolean' },
  'no-freeze': { type: 'boolean' },
  'allow-aws': { type: 'boolean' },
  'call-host': { type: 'string', multiple: true },
  force: { type: 'boolean' },
  'platform-logs': { type: 'boolean' },
  verbose: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** The part of a help text about LOOP_OPTIONS, a line each. */
export const LOOP_OPTIONS_HELP = `  -t, --template FILE            the SAM template (default: template.yaml)
      --config-env NAME          environment of samconfig.toml beside it (default: default)
      --stack-name NAME          the stack's name (default: that of samconfig.toml, else local)
      --parameter-overrides A=B  a parameter of the template, or file://FILE with several; may be repeated, wins over
                                 samconfig.toml
      --value NAME=VALUE         a value that the loop can't know, by what the template calls it, such as
                                 Db.Endpoint.Address; may be repeated
      --import NAME=VALUE        what another stack exports under a name; may be repeated
      --store FILE               values of SSM parameters and secrets, JSON, YAML or TOML with parameters and secrets
                                 by their names
  -p, --port N                   port (default: ${DEFAULT_PORT}; 0: any free one)
      --listen ADDRESS           IP address to listen on in place of 127.0.0.1, such as 0.0.0.0 in a container:
                                 whoever reaches it may do everything
      --allow-host NAME          answer requests addressed to this name too; may be repeated
      --retry-speed N            retries, back-off and visibility timeouts run N times as fast (default: 1)
      --data DIR                 keep the tables and their items in this folder, over restarts; without it they are
                                 in memory
      --dynamodb URL             a DynamoDB Local to use in place of the embedded store
      --fault ACTION[,NAME=VALUE]  do harm to calls or invocations, such as
                                 api-throttle-error,service=dynamodb,operation=PutItem,percentage=20; may be repeated
      --otlp URL                 send the spans of all traces on to this collector too, by OTLP/HTTP;
                                 to /v1/traces unless the URL has a path
      --jwks ISSUER=FILE         the keys of an issuer of tokens, a JSON Web Key Set, for JWT authorizers of HTTP APIs
                                 in place of those at the issuer's URL; may be repeated
      --inspect [FUNCTION]       a debugger can attach to this function, or to all and to the loop; may be repeated.
                                 One environment at a time, built unminified; time-outs wait at a breakpoint
      --inspect-wait [FUNCTION]  the same, and each process waits for the debugger before it loads the code
      --inspect-port N           the loop's port (default: ${DEFAULT_INSPECT_PORT}); a function's follows from its name and
                                 is one of the 600 above it; 0: any free ones
      --empty                    start without a stack; sam deploy makes them
      --strict                   refuse a template with something that is not emulated
      --unsigned                 take requests without a signature as yours; AWS refuses them, and so does the loop
      --no-watch                 don't rebuild when a file is saved
      --no-freeze                let functions go on between invocations; AWS freezes them, and so does the loop
      --allow-aws                let functions connect to AWS; calls of services that the loop has come to it all the
                                 same
      --call-host NAME           let API destinations of EventBridge, HTTP integrations of APIs and subscriptions of SNS call
                                 this host, which they may this machine alone; may be repeated
      --force                    build every bundle anew, whatever the cache has
      --platform-logs            show Lambda's own START, END and REPORT lines too
      --verbose                  show ids whole, and each error whenever it is logged, with every frame of its stack
      --json                     one JSON object a line, for machines; below a script of npm's, -s keeps npm's own
                                 lines away: npm start -s -- --json
  -h, --help                     this text
  -v, --version                  the version`;

type LoopArguments = ReturnType<typeof parseArguments<typeof LOOP_OPTIONS>>['values'];

type DeclaringArguments = Pick<
  LoopArguments,
  'template' | 'config-env' | 'stack-name' | 'parameter-overrides' | 'value' | 'import' | 'store'
> &
  Partial<Pick<LoopArguments, 'empty' | 'strict' | 'inspect' | 'inspect-wait'>>;

/** Whoever reads a pipe that nobody writes to waits without end; the shell's own, of `<(command)`, has a writer. */
function refusePipe(templatePath: string): void {
  if (templatePath.startsWith('/dev/') || templatePath.startsWith('/proc/')) return;
  if (statSync(templatePath, { throwIfNoEntry: false })?.isFIFO())
    throw new UsageError(`--template: expected a file at ${templatePath}, found a pipe`);
}

/**
 * The options, of a command line and samconfig.toml as it is now, that decide which stack is run. `onFile` takes the paths of the
 * files that parameters are read from. Throws UsageError, SamConfigError.
 */
export function declaredStack(values: DeclaringArguments, onFile?: (file: string) => void): DeclaredStack {
  const templatePath = path.resolve(values.template ?? 'template.yaml');
  if (values.empty) refuseBesideEmpty(values);
  else if (!existsSync(templatePath)) {
    throw new UsageError(
      `--template: no file at ${templatePath}; run this beside a template.yaml or name one`,
    );
  }
  refusePipe(templatePath);
  const environment = values['config-env'] ?? 'default';
  const samConfig = readSamConfig(samConfigOf(templatePath), environment, onFile);
  if (values['config-env'] !== undefined && samConfig === undefined) {
    throw new UsageError(
      `--config-env: ${path.basename(samConfigOf(templatePath))} beside ${templatePath} has no environment "${environment}"`,
    );
  }
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const madeFor = cdkEnvironmentOf(templatePath);
  return {
    templatePath,
    isEmpty: values.empty ?? false,
    stackName:
      values['stack-name'] === undefined
        ? (samConfig?.stackName ?? 'local')
        : parseStackName(values['stack-name']),
    place: {
      partition: 'aws',
      region: samConfig?.region ?? madeFor.region ?? (AWS_REGION || AWS_DEFAULT_REGION || 'us-east-1'),
      accountId: madeFor.accountId ?? ACCOUNT_ID,
    },
    parameterOverrides: overridesIn(values['parameter-overrides'], path.resolve('command line'), onFile),
    configuredParameters: samConfig?.parameterOverrides ?? {},
    given: {
      values: { ...samConfig?.given?.values, ...parseGivenValues(values.value ?? []) },
      imports: { ...samConfig?.given?.imports, ...parseGivenValues(values.import ?? []) },
      ...storedValues(values.store, samConfig?.given?.stored),
    },
    strict: values.strict ?? false,
  };
}

/** The command line's file counts in place of samconfig.toml's. */
function storedValues(
  file: string | undefined,
  configured: StoredValues | undefined,
): Pick<GivenValues, 'stored'> {
  if (file === undefined) return configured ? { stored: configured } : {};
  if (!existsSync(file)) throw new UsageError(`--store: no file at ${path.resolve(file)}`);
  return { stored: readStoredValues(path.resolve(file)) };
}

/** Options of `startLoop` from a command line and samconfig.toml. Throws UsageError, SamConfigError. */
export function loopOptions(
  values: LoopArguments,
  report: Report,
  defaultPort = DEFAULT_PORT,
  onFile?: (file: string) => void,
): LoopOptions {
  return {
    ...declaredStack(values, onFile),
    port: values.port === undefined ? defaultPort : parsePort(values.port),
    ...(values.listen === undefined ? {} : { address: parseAddress(values.listen) }),
    allowedHosts: (values['allow-host'] ?? []).map(parseHostName),
    acceptsUnsigned: values.unsigned ?? false,
    retrySpeed: retrySpeedOf(values),
    watch: !values['no-watch'],
    freezes: !values['no-freeze'],
    allowsAws: values['allow-aws'] ?? false,
    callableHosts: (values['call-host'] ?? []).map(parseHostName),
    buildsAnew: values.force ?? false,
    ...inspectOptions(values),
    ...storeOptions(values),
    ...(values.fault && { faults: values.fault.map(faultSetting) }),
    ...(values.jwks && { issuerFiles: issuerFiles(values.jwks) }),
    ...(values.otlp === undefined ? {} : { otlpUrl: parseCollectorUrl(values.otlp) }),
    cacheDir: cacheFolder(),
    report,
  };
}

/** Returns how many times faster than on AWS waits are over. Throws UsageError. */
export function retrySpeedOf(values: LoopArguments): number {
  return values['retry-speed'] === undefined ? 1 : parseRetrySpeed(values['retry-speed']);
}

/** Refuses options that say something of a template, where there is none. */
function refuseBesideEmpty(values: DeclaringArguments): void {
  const about = [
    'template',
    'stack-name',
    'parameter-overrides',
    'value',
    'import',
    'store',
    'inspect',
    'inspect-wait',
    'strict',
  ] as const;
  const found = about.find((name) => values[name] !== undefined);
  if (found !== undefined)
    throw new UsageError(`--empty: starts without a template, so --${found} has nothing to be about`);
}

function inspectOptions(values: LoopArguments): Pick<LoopOptions, 'inspect'> {
  const { inspect, 'inspect-wait': inspectWait, 'inspect-port': port } = values;
  if (inspect === undefined && inspectWait === undefined) {
    if (port === undefined) return {};
    throw new UsageError('--inspect-port: expected --inspect or --inspect-wait beside it, found neither');
  }
  const named = [...(inspect ?? []), ...(inspectWait ?? [])];
  return {
    inspect: {
      functions: named.includes('') ? [] : named,
      basePort: port === undefined ? DEFAULT_INSPECT_PORT : parsePort(port, '--inspect-port'),
      waits: inspectWait !== undefined,
    },
  };
}

/** An issuer is a URL, in which an equals sign may stand; a file's name begins after the last one. */
function issuerFiles(given: readonly string[]): Record<string, string> {
  const files = given.map((text): [string, string] => {
    const equals = text.lastIndexOf('=');
    const file = path.resolve(text.slice(equals + 1));
    if (equals > 0 && existsSync(file)) return [text.slice(0, equals), file];
    throw new UsageError(`--jwks: expected ISSUER=FILE with a file that is there, found "${text}"`);
  });
  return Object.fromEntries(files);
}

/** Options for the tables' store. */
function storeOptions({ data, dynamodb }: LoopArguments): Pick<LoopOptions, 'dataDir' | 'dynamoDbUrl'> {
  if (data === undefined) return dynamodb === undefined ? {} : { dynamoDbUrl: parseUrl(dynamodb) };
  if (data === '') throw new UsageError('--data: expected a folder, found nothing');
  if (dynamodb !== undefined)
    throw new UsageError('--data: keeps the tables of the embedded store, and with --dynamodb there is none');
  return { dataDir: path.resolve(data) };
}

function parseUrl(text: string): string {
  if (URL.canParse(text) && new URL(text).protocol === 'http:') return text;
  throw new UsageError(`--dynamodb: expected a URL such as http://127.0.0.1:8000, found "${text}"`);
}

/** A collector may be far away, so HTTPS will do; keys in it would not be sent. */
function parseCollectorUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url && isHttp && url.username === '' && url.password === '') return text;
  throw new UsageError(
    `--otlp: expected a URL such as http://127.0.0.1:4318, without a user, found "${text}"`,
  );
}
