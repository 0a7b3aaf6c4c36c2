import type { FunctionModel, LayerModel, LoggingModel, RoleModel } from '../../../template/model.ts';
import type { Properties } from '../../../template/properties.ts';
import type { Resource } from '../../../template/resource.ts';
import { readTags } from '../../../template/resource-tags.ts';
import { PASSED_ON } from '../../../template/sam/function-properties.ts';
import type { Targets } from '../../../template/targets.ts';
import type { World } from '../../../template/world.ts';
import { readCode } from './code.ts';
import { readDeadLetterArn } from './dead-letter-config.ts';
import { readEnvironment } from './environment.ts';
import { readFunctionRole } from './function-role.ts';
import { builtHandler, handlerProblem } from './handler.ts';
import { layersOf } from './layers.ts';

const KNOWN_PROPERTIES = [...PASSED_ON, 'Code', 'DeadLetterConfig', 'Tags', 'TracingConfig'];

const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

interface Context {
  /** By ARN. */
  roles: ReadonlyMap<string, RoleModel>;
  /** By ARN. */
  layers: ReadonlyMap<string, LayerModel>;
  targets: Targets;
  world: World;
}

/** AWS::Lambda::Function; undefined when the loop can't run it, which is reported. Limits: Lambda API, "CreateFunction". */
export function readFunction(resource: Resource, context: Context): FunctionModel | undefined {
  const { roles, targets, world } = context;
  const properties = world.read(resource, KNOWN_PROPERTIES);
  const name = world.name(resource, properties, 'FunctionName', /^[\w-]{1,64}$/);
  const reason = whyNotRunnable(properties, resource.madeFrom ?? resource.logicalId);
  if (reason) {
    world.reports.notEmulated(resource, reason);
    return undefined;
  }
  world.reports.emulated(resource);
  world.reportLeftOut(resource, properties);
  const code = readCode(resource, properties, world);
  const named = properties.requiredText('Handler');
  const handler = code ? builtHandler(named, code) : named;
  if (!world.reports.isEmulated(resource)) return undefined;
  const wrongHandler = code && handlerProblem(handler, code, runtimeOf(properties));
  if (wrongHandler !== undefined)
    world.reports.unavailable(resource, properties.lineOf('Handler'), `Handler, ${wrongHandler}`);
  noteOldNode(resource, properties, world);
  const reservedConcurrency = properties.integer('ReservedConcurrentExecutions', 0, Number.MAX_SAFE_INTEGER);
  const recursiveLoop = properties.oneOf('RecursiveLoop', ['Allow', 'Terminate']);
  const description = properties.text('Description');
  const layers = layersOf(resource, properties, context.layers, world);
  const deadLetterArn = readDeadLetterArn(resource, properties, targets, world);
  return {
    logicalId: resource.logicalId,
    name,
    arn: world.arn(resource),
    line: resource.line,
    runtime: properties.requiredText('Runtime'),
    handler,
    architecture: readArchitecture(properties),
    timeoutMs: (properties.integer('Timeout', 1, 900) ?? 3) * 1000,
    memorySizeMB: properties.integer('MemorySize', 128, 10_240) ?? 128,
    ephemeralStorageMB: properties.section('EphemeralStorage')?.integer('Size', 512, 10_240) ?? 512,
    environment: readEnvironment(properties),
    code: code ?? { kind: 'folder', codeUri: world.folderOf(resource) },
    ...(layers.length > 0 && { layers }),
    tracing: properties.section('TracingConfig')?.oneOf('Mode', ['Active', 'PassThrough']) ?? 'PassThrough',
    logging: readLogging(properties, name),
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    ...(recursiveLoop === 'Allow' && { recursiveLoop }),
    ...(description !== undefined && { description }),
    tags: readTags(properties),
    role: readFunctionRole(resource, properties, roles, world),
    asyncInvoke: {
      maximumRetryAttempts: 2,
      maximumEventAgeSeconds: 21_600,
      ...(deadLetterArn !== undefined && { deadLetterArn }),
    },
    qualifiers: [],
    resourcePolicy: [],
  };
}

function whyNotRunnable(properties: Properties, logicalId: string): string | undefined {
  const inDocker = `sam build && sam local invoke ${logicalId} runs it in Docker`;
  if (properties.text('PackageType') === 'Image')
    return `container images are not run; only zip packages are: ${inDocker}`;
  const runtime = properties.text('Runtime');
  if (runtime !== undefined && !/^(nodejs\d+\.x|python3\.\d+|provided(\.al2|\.al2023)?)$/.test(runtime))
    return `the runtime ${runtime} is not run; those of Node.js, Python and the provided ones are: ${inDocker}`;
  return undefined;
}

/** Versions of Node.js before 18 are not what runs them: their own is not supported any more, on AWS neither. */
function noteOldNode(resource: Resource, properties: Properties, world: World): void {
  const major = /^nodejs(\d+)\.x$/.exec(runtimeOf(properties))?.[1];
  if (major === undefined || Number(major) >= 18) return;
  const reason = `runs on this machine's Node.js ${process.versions.node}, in place of ${major}`;
  world.reports.part(resource, 'Runtime', properties.lineOf('Runtime'), 'accepted', reason);
}

function runtimeOf(properties: Properties): string {
  return properties.text('Runtime') ?? '';
}

function readArchitecture(properties: Properties): string {
  const [architecture = 'x86_64', ...others] = properties.texts('Architectures');
  if (others.length > 0 || !['x86_64', 'arm64'].includes(architecture))
    properties.complain(
      'Architectures',
      `expected one of x86_64 and arm64, found ${[architecture, ...others].join(', ')}`,
    );
  return architecture;
}

function readLogging(properties: Properties, functionName: string): LoggingModel {
  const config = properties.section('LoggingConfig');
  config?.allowOnly(['ApplicationLogLevel', 'LogFormat', 'LogGroup', 'SystemLogLevel']);
  return {
    format: config?.oneOf('LogFormat', ['Text', 'JSON']) ?? 'Text',
    applicationLogLevel: config?.oneOf('ApplicationLogLevel', LOG_LEVELS) ?? 'INFO',
    systemLogLevel: config?.oneOf('SystemLogLevel', ['DEBUG', 'INFO', 'WARN']) ?? 'INFO',
    logGroup: config?.text('LogGroup') ?? `/aws/lambda/${functionName}`,
  };
}
