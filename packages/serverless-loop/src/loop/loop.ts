import path from 'node:path';
import { startClock } from '../clock.ts';
import type { Report } from '../facts.ts';
import { startGateway } from '../gateway/gateway.ts';
import { startCloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import { startDynamoDb } from '../services/dynamodb/start.ts';
import { startEventBridge } from '../services/eventbridge/eventbridge.ts';
import { startIam } from '../services/iam/authorize.ts';
import { startAsyncInvocation } from '../services/lambda/async/async-invocation.ts';
import { startLambda } from '../services/lambda/functions.ts';
import { startLogs } from '../services/logs/logs.ts';
import { type Sns, startSns } from '../services/sns/sns.ts';
import { startSqs } from '../services/sqs/sqs.ts';
import { emptyStack } from '../template/empty-stack.ts';
import { loadStack } from '../template/load.ts';
import { deadLettersTo, deliverTo, destinationsTo } from './deliveries.ts';
import { withForeignParts } from './function-attachments.ts';
import { functionRights } from './function-rights.ts';
import { inspectionOf } from './inspection.ts';
import type { Loop, LoopOptions } from './loop-options.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { resetOf } from './reset.ts';
import { loopRoutes } from './routes.ts';
import { subscribersOf } from './subscribers.ts';
import { startTraces } from './traces.ts';

export type { Loop, LoopOptions } from './loop-options.ts';

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

  const clock = options.clock ?? startClock(options.retrySpeed);
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
    functions: stack.functions.map((fn) => withForeignParts(fn)),
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
    clock: wallClock,
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

  const resets = resetOf({ dynamodb, sqs, logs, cloudwatch, xray, eventbridge, asyncInvocation });
  gateway.serve(
    loopRoutes({
      options,
      endpoint,
      stack,
      report,
      services: { iam, lambda, logs, dynamodb, sqs, eventbridge, sns, cloudwatch, xray, asyncInvocation },
      onStop: (undo) => stops.push(undo),
      onReset: resets.add,
    }),
  );

  return {
    endpoint,
    stack,
    ready: () => lambda.ready(),
    debugPorts: lambda.debugPorts,
    idle: async () => {
      await eventbridge.idle();
      await asyncInvocation.idle();
    },
    settled: resets.settled,
    reset: resets.run,
    segments: xray.documents,
    stop,
  };
}
