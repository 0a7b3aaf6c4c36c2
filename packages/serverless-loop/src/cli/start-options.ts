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
import { DEFAULT_INSPECT_PORT, type LOOP_OPTIONS } from './start-arguments.ts';
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
