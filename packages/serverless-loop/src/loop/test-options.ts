import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import type { Fact } from '../facts.ts';
import type { Fault } from '../faults/fault.ts';
import { cdkEnvironmentOf } from '../template/cdk-environment.ts';
import type { GivenValues } from '../template/deployment.ts';
import { readSamConfig, type SamConfig, samConfigOf } from '../template/samconfig.ts';
import type { StoredParameter } from '../template/values/stored-values.ts';
import type { ClockMode, ClockModes } from './test-clock.ts';

/** The template to run, and the way to run it. */
export interface StartOptions {
  /** The path of a SAM template. Without one the loop has no stack, and `sam deploy` makes them. */
  template?: string;
  /** `test`, unless it is said here or in samconfig.toml. */
  stackName?: string;
  /** `us-east-1`, unless it is said here, in samconfig.toml or by the CDK's output folder. */
  region?: string;
  /** Of every ARN; 000000000000, which no AWS account has, unless it is said here or by the CDK's output folder. */
  accountId?: string;
  /** Of the template, by name. They win over those of samconfig.toml. */
  parameters?: Record<string, string>;
  /** Parameters of SSM's Parameter Store, by name, beside those of the template; a secure one as `{ type, value }`. */
  storedParameters?: Record<string, string | StoredParameter>;
  /** Texts of secrets in Secrets Manager, by name; they win over those of the template. */
  secrets?: Record<string, string>;
  /** An environment of the samconfig.toml beside the template, such as `default`. Without it that file isn't read. */
  configEnv?: string;
  /** The TCP port of 127.0.0.1; any free one where nothing is said. */
  port?: number;
  /** Retries, back-off and visibility timeouts run this many times as fast as on AWS: 1 where nothing is said. */
  retrySpeed?: number;
  /** Time goes on by itself, `running`, or only by `loop.clock.advance`, `manual`. It runs where nothing is said. */
  clock?: ClockMode | ClockModes;
  /** Builds functions anew when a file of theirs is saved. */
  watch?: boolean;
  /** Refuses a template with something that the loop doesn't emulate. */
  strict?: boolean;
  /** Harm that is done on purpose to calls and invocations, from the start. */
  faults?: readonly Fault[];
  /** Functions call AWS here in place of the loop: something in between that slows, refuses or counts. */
  functionEndpoint?: string;
  /** A collector that gets every span by OTLP/HTTP. */
  otlpUrl?: string;
  /** The URL of a DynamoDB Local to use in place of the loop's own DynamoDB. `advance` moves no time in it. */
  dynamoDbUrl?: string;
  /** Folder that keeps bundles between runs: the user's cache folder where nothing is said. */
  cacheDir?: string;
  /** Called with every fact as it comes, those of the start included. */
  report?: (fact: Fact) => void;
  /** Ends a start that is under way: it rejects with the reason, and nothing is left running. A loop that is ready goes on. */
  signal?: AbortSignal;
}

/** Options that the loop itself is started with, all but its clocks and who is told. Throws SamConfigError, and RangeError. */
export function loopOptionsOf(options: StartOptions) {
  const { functionEndpoint, otlpUrl, dynamoDbUrl, faults, signal } = options;
  return {
    ...stackOf(options),
    port: options.port ?? 0,
    strict: options.strict ?? false,
    watch: options.watch ?? false,
    cacheDir: options.cacheDir ?? cacheFolder(),
    ...(functionEndpoint !== undefined && { functionEndpoint }),
    ...(otlpUrl !== undefined && { otlpUrl }),
    ...(dynamoDbUrl !== undefined && { dynamoDbUrl }),
    ...(faults && { faults: faults.map((fault) => ({ ...fault })) }),
    ...(signal && { signal }),
  };
}

/** The stack to start with, as the options and samconfig.toml say. */
function stackOf({ template, configEnv, ...options }: StartOptions) {
  const templatePath = path.resolve(template ?? 'template.yaml');
  const file = samConfigOf(templatePath);
  const madeFor = cdkEnvironmentOf(templatePath);
  const samConfig = configEnv === undefined ? undefined : readSamConfig(file, configEnv);
  if (configEnv !== undefined && !samConfig)
    throw new RangeError(`configEnv: expected an environment of ${file}, found "${configEnv}"`);
  if (template !== undefined && !existsSync(templatePath))
    throw new RangeError(`template: expected a file, found none at ${templatePath}`);
  return {
    templatePath,
    isEmpty: template === undefined,
    stackName: options.stackName ?? samConfig?.stackName ?? 'test',
    place: {
      partition: 'aws',
      region: options.region ?? samConfig?.region ?? madeFor.region ?? 'us-east-1',
      accountId: options.accountId ?? madeFor.accountId ?? '000000000000',
    },
    parameterOverrides: { ...samConfig?.parameterOverrides, ...options.parameters },
    given: givenOf(options, samConfig),
  };
}

/** Values that the loop can't know, of samconfig.toml and of the test. */
function givenOf(
  { storedParameters = {}, secrets }: StartOptions,
  samConfig: SamConfig | undefined,
): GivenValues {
  const { values = {}, imports = {}, stored } = samConfig?.given ?? {};
  const parameters = Object.entries(storedParameters).map(([name, given]): [string, StoredParameter] => [
    name,
    typeof given === 'string' ? { type: 'String', value: given } : given,
  ]);
  return {
    values,
    imports,
    stored: {
      parameters: { ...stored?.parameters, ...Object.fromEntries(parameters) },
      secrets: { ...stored?.secrets, ...secrets },
    },
  };
}
