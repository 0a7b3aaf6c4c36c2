import path from 'node:path';
import type { Place } from './aws/arn.ts';
import type { Caller } from './aws/operation.ts';
import { type Clock, startClock } from './clock.ts';
import { measured, startCloudWatch } from './cloudwatch/cloudwatch.ts';
import { startDynamoDb } from './dynamodb/start.ts';
import type { ItemWrite } from './dynamodb/write.ts';
import { startEventBridge } from './eventbridge/eventbridge.ts';
import type { Report } from './facts.ts';
import { functionRights } from './function-rights.ts';
import { startGateway } from './gateway/gateway.ts';
import { startIam } from './iam/authorize.ts';
import { type InspectOptions, inspectionOf } from './inspection.ts';
import { lambdaOperations, newDeployment } from './lambda/api.ts';
import { startAsyncInvocation } from './lambda/async-invocation.ts';
import { startLambda } from './lambda/functions.ts';
import { startLogs } from './logs/logs.ts';
import { once } from './once.ts';
import { loopPages } from './pages.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import type { S3 } from './s3/s3.ts';
import { type Sns, startSns } from './sns/sns.ts';
import { startSqs } from './sqs/sqs.ts';
import { subscribersOf } from './subscribers.ts';
import { deadLettersTo, deliverTo, destinationsTo } from './targets.ts';
import { emptyStack } from './template/empty-stack.ts';
import { loadStack } from './template/load.ts';
import type { Stack } from './template/model.ts';
import { toolServices } from './tool-services.ts';
import { startTraces } from './traces.ts';

export interface LoopOptions {
  /** Its folder is the project's. */
  templatePath: string;
  /** Start without a stack, whatever lies at `templatePath`: each comes by a deployment. */
  isEmpty?: boolean;
  stackName: string;
  place: Place;
  /** 0 for any free one. */
  port: number;
  /** The IP address to listen on in place of 127.0.0.1. */
  address?: string;
  /** Host names that requests may be addressed to, besides the local ones. */
  allowedHosts?: readonly string[];
  parameterOverrides: Record<string, string>;
  /** Refuse a template that has something the loop doesn't emulate. */
  strict: boolean;
  /** How many times faster than AWS retries, back-off and visibility timeouts run. */
  retrySpeed: number;
  /** Take requests that nobody signed as the developer's, where AWS refuses them. */
  acceptsUnsigned?: boolean;
  /** What metrics and alarms go by, whatever `retrySpeed` is. Real time, unless a test drives it. */
  wallClock?: Clock;
  /** Rebuild on saved changes. */
  watch: boolean;
  /** A DynamoDB Local to use in place of the embedded store. */
  dynamoDbUrl?: string;
  /** Functions that a debugger can attach to. */
  inspect?: InspectOptions;
  /** Where functions call AWS in place of the loop's endpoint: something in between that slows, refuses or counts. */
  functionEndpoint?: string;
  /** A collector that gets every span by OTLP/HTTP. */
  otlpUrl?: string;
  /** Folder for bundles and caches, outside the project. */
  cacheDir: string;
  report: Report;
  /** Ends a start that is under way: `startLoop` undoes it and rejects with the reason. */
  signal?: AbortSignal;
  /** Told of the stack once it is read, before anything of it starts. */
  onStack?: (stack: Stack) => void;
  /** Told of every item written to the embedded store, with its images. */
  onWrite?: (write: ItemWrite) => void;
}

export interface Loop {
  endpoint: string;
  /** What it was started with; a stack of nothing where that is none. */
  stack: Stack;
  /** Every function is built and one environment of each waits for work. Rejects when one can't be. */
  ready(): Promise<void>;
  /** Nothing is being delivered, invoked or waiting to be tried again. */
  idle(): Promise<void>;
  /** Where a debugger finds the functions that are to be debugged, by name. */
  debugPorts: ReadonlyMap<string, number>;
  /** The X-Ray documents that came and are kept, oldest first. */
  segments(): readonly string[];
  stop(): Promise<void>;
}

/** Runs all that template.yaml describes, behind one port. Throws TemplateError, PortTakenError, CannotListenError. */
export async function startLoop(options: LoopOptions): Promise<Loop> {
  const stops: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (let undo = stops.pop(); undo; undo = stops.pop()) await undo();
  };
  try {
    return await startServices(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServices(
  options: LoopOptions,
  stops: (() => void | Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Loop> {
  const { place, signal } = options;
  // Who listens beside the terminal: the stores of telemetry.
  const observers: Report[] = [];
  const report: Report = (fact) => {
    for (const observe of observers) observe(fact);
    options.report(fact);
  };

  // First the port, because queue URLs in the template's environment hold it.
  const gateway = await startGateway(options);
  stops.push(() => gateway.stop());
  signal?.throwIfAborted();
  const { endpoint } = gateway;

  const stack = options.isEmpty
    ? emptyStack(place, options.stackName)
    : loadStack({ ...options, path: options.templatePath, endpoint });
  refuseInvalid(options.templatePath, stack);
  if (!options.isEmpty) options.onStack?.(stack);

  const clock = startClock(options.retrySpeed);
  stops.push(() => clock.stop());

  const wallClock = options.wallClock ?? startClock();
  stops.push(() => wallClock.stop());
  const cloudwatch = startCloudWatch({
    place,
    clock: wallClock,
    report,
    alarms: stack.alarms,
    dashboards: stack.dashboards,
    queueDepths: () => sqs.depths(),
    notify: async (topicArn, { alarmArn, subject, message }) => {
      const publisher = { service: 'cloudwatch.amazonaws.com', sourceArn: alarmArn };
      await publish(topicArn, { subject, body: message }, publisher);
    },
  });
  observers.push(cloudwatch.observe);

  const iam = startIam({
    roles: [...stack.functions.map((fn) => fn.role), ...stack.roles],
    place,
    report,
  });

  const xray = await startTraces({ ...options, report });
  stops.push(() => xray.stop());
  const { recordSegment } = xray;

  const rights = functionRights(iam);
  const logs = startLogs({ place, groups: stack.logGroups, report, mayWrite: rights.may });
  observers.push(logs.observe);

  // Before the stores: while those load, the processes of the functions start on another core.
  const lambda = await startLambda({
    functions: stack.functions,
    place,
    endpoint: options.functionEndpoint ?? endpoint,
    report,
    credentialsFor: rights.credentialsFor,
    recordSegment,
    xrayDaemonAddress: xray.daemonAddress,
    cacheDir: options.cacheDir,
    projectDir: path.dirname(path.resolve(options.templatePath)),
    watch: options.watch,
    ...(options.inspect && { inspect: inspectionOf(stack.functions, options.inspect) }),
  });
  stops.push(() => lambda.stop());
  signal?.throwIfAborted();

  const dynamodb = await startDynamoDb({
    place,
    tables: stack.tables,
    report,
    ...(options.dynamoDbUrl === undefined ? {} : { url: options.dynamoDbUrl }),
    ...(signal === undefined ? {} : { signal }),
    ...(options.onWrite === undefined ? {} : { onWrite: options.onWrite }),
  });
  stops.push(() => dynamodb.stop());
  signal?.throwIfAborted();

  const sqs = startSqs({ place, endpoint, queues: stack.queues, clock, report, allows: iam.allows });
  stops.push(() => sqs.stop());
  // Again: functions end before what they call.
  stops.push(() => lambda.stop());

  // Topics send to functions, so they come to be after those who send to topics.
  const publish: Sns['publish'] = (...message) => sns.publish(...message);

  const asyncInvocation = startAsyncInvocation({
    find: lambda.find,
    clock,
    report,
    invoke: lambda.invoke,
    recordSegment,
    send: destinationsTo({ sqs, publish, authorizeRole: iam.authorizeRole }),
  });
  stops.push(() => asyncInvocation.stop());

  const eventbridge = startEventBridge({
    place,
    buses: stack.buses,
    rules: stack.rules,
    clock,
    report,
    deliver: deliverTo({ lambda, sqs, publish, accept: asyncInvocation.accept, allows: iam.allows }),
    deadLetter: deadLettersTo(sqs),
  });
  stops.push(() => eventbridge.stop());

  const sns = startSns({
    place,
    endpoint,
    topics: stack.topics,
    report,
    allows: iam.allows,
    deliver: subscribersOf({ lambda, sqs, accept: asyncInvocation.accept, allows: iam.allows }),
  });
  cloudwatch.begin();
  stops.push(() => cloudwatch.stop());

  const startedAt = Date.now();
  let liveStack = () => stack;
  const s3 = once(async () => {
    const { startS3 } = await import('./s3/s3.ts');
    const started = startS3({ place, cacheDir: options.cacheDir });
    for (const { name } of stack.buckets) started.buckets.create(name);
    stops.push(started.stop);
    return started;
  });
  const objectAt: S3['objectAt'] = async (object) => (await s3()).objectAt(object);
  const stackTools = once(async () => {
    const { startStackTools } = await import('./stack-tools.ts');
    const tools = startStackTools({
      place,
      endpoint,
      report,
      services: {
        iam,
        lambda,
        logs,
        dynamodb,
        sqs,
        eventbridge,
        sns,
        cloudwatch,
        s3,
        cacheDir: options.cacheDir,
      },
      templateAt: async (url) => (await s3()).textAt(url),
      ...(!options.isEmpty && { live: { ...options, stack, startedAt } }),
    });
    stops.push(async () => {
      const ended = tools.stop();
      // Not to wait until a function that is being deployed is ready.
      await lambda.stop();
      await ended;
    });
    liveStack = () => tools.live() ?? emptyStack(place, options.stackName);
    return tools;
  });
  const deployment = newDeployment(startedAt);
  const tools = toolServices({
    place,
    iam,
    sqs: sqs.service,
    cloudformation: async () => (await stackTools()).cloudformation,
    functions: { ...lambda, place, deployment, objectAt, cacheDir: options.cacheDir },
  });

  gateway.serve({
    json: [
      measured(dynamodb.service, cloudwatch.calls.dynamodb),
      measured(eventbridge.service, cloudwatch.calls.events),
      measured(sqs.service, cloudwatch.calls.sqs),
      cloudwatch.service,
      logs.service,
      ...tools.json,
    ],
    rest: lambdaOperations({ ...lambda, place, recordSegment, accept: asyncInvocation.accept, deployment }),
    lazyRest: [xray.service, ...tools.rest],
    query: [...tools.query, sns.service, cloudwatch.query],
    restXml: [{ signingName: 's3', load: async () => (await s3()).service }],
    acceptsUnsigned: options.acceptsUnsigned ?? false,
    identify: (accessKeyId): Caller => iam.identify(accessKeyId),
    authorize: iam.authorize,
    pages: loopPages(() => liveStack(), lambda.list),
    report,
  });

  return {
    endpoint,
    stack,
    ready: () => lambda.ready(),
    debugPorts: lambda.debugPorts,
    idle: async () => {
      await eventbridge.idle();
      await asyncInvocation.idle();
    },
    segments: xray.documents,
    stop,
  };
}
