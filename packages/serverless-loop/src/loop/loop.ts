import path from 'node:path';
import type { Place } from '../aws/arn.ts';
import { postOffice } from '../aws/delivery.ts';
import type { OperationPort } from '../aws/operation-port.ts';
import type { Report } from '../facts.ts';
import { faultBook } from '../faults/fault-book.ts';
import { invocationFaults } from '../faults/invocation-faults.ts';
import { startGateway } from '../gateway/gateway.ts';
import { startApiGateway } from '../services/apigateway/apigateway.ts';
import { startCloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import { startDynamoDb } from '../services/dynamodb/start.ts';
import { archivesOf } from '../services/eventbridge/archives/archive-model.ts';
import { startEventBridge } from '../services/eventbridge/eventbridge.ts';
import { apiDestinationsOf } from '../services/eventbridge/http/api-destinations.ts';
import { connectionsOf } from '../services/eventbridge/http/connection.ts';
import { compilePattern } from '../services/eventbridge/pattern/pattern.ts';
import { type Iam, startIam } from '../services/iam/authorize.ts';
import { startKinesis } from '../services/kinesis/kinesis.ts';
import { startAsyncInvocation } from '../services/lambda/async/async-invocation.ts';
import { startEventSources } from '../services/lambda/event-sources/event-sources.ts';
import { withForeignParts } from '../services/lambda/function-attachments.ts';
import { startLambda } from '../services/lambda/functions.ts';
import { synchronousCall } from '../services/lambda/telemetry/synchronous-call.ts';
import { callTraceHeader } from '../services/lambda/telemetry/trace.ts';
import { loadStack } from '../services/load.ts';
import { startLogs } from '../services/logs/logs.ts';
import { pipesOf } from '../services/pipes/pipe.ts';
import { startPipes } from '../services/pipes/pipes.ts';
import { groupsOf, schedulesOf } from '../services/scheduler/held-kinds.ts';
import { startScheduler } from '../services/scheduler/scheduler.ts';
import { secretsOf } from '../services/secretsmanager/secret-model.ts';
import { startSecretsManager } from '../services/secretsmanager/secrets-manager.ts';
import { startSns } from '../services/sns/sns.ts';
import { startSqs } from '../services/sqs/sqs.ts';
import { storedParametersOf } from '../services/ssm/parameter-model.ts';
import { startSsm } from '../services/ssm/ssm.ts';
import { activitiesOf, aliasesOf, machinesOf, versionsOf } from '../services/stepfunctions/held-kinds.ts';
import { startStepFunctions } from '../services/stepfunctions/stepfunctions.ts';
import { startXRay } from '../services/xray/xray.ts';
import { emptyStack } from '../template/empty-stack.ts';
import { ANSWERED_HOSTS } from './answered-hosts.ts';
import { consoleAddress } from './console-pages.ts';
import { functionRights } from './function-rights.ts';
import { inspectionOf } from './inspection.ts';
import { invokeByArn } from './invoke-by-arn.ts';
import { keptForConsole } from './kept-for-console.ts';
import type { Loop, LoopOptions } from './loop-options.ts';
import { loopTime } from './loop-time.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { resetOf } from './reset.ts';
import { loopRoutes } from './routes.ts';
import { type StartList, startList } from './start-list.ts';
import { testClocks } from './test-clock.ts';

export type { DeclaredStack, Loop, LoopOptions } from './loop-options.ts';

/** Runs all that template.yaml describes, behind one port. Throws TemplateError, PortTakenError, CannotListenError. */
export async function startLoop(options: LoopOptions): Promise<Loop> {
  const running = startList();
  try {
    return await startServices(options, running);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function startServices(options: LoopOptions, running: StartList): Promise<Loop> {
  const { place, signal } = options;
  // The stores of telemetry hear of facts before the terminal does.
  const observers: Report[] = [];
  let told = 0;
  const report: Report = (fact) => {
    told += 1;
    for (const observe of observers) observe(fact);
    options.report(fact);
  };

  // First the port, because queue URLs in the template's environment hold it.
  const gateway = running.add(await startGateway(options));
  signal?.throwIfAborted();
  const { endpoint } = gateway;

  const stack = options.isEmpty
    ? emptyStack(place, options.stackName)
    : loadStack({ ...options, path: options.templatePath, endpoint });
  await refuseInvalid(options.templatePath, stack);
  if (!options.isEmpty) options.onStack?.(stack);

  // Two times: retries may run faster than the day, which metrics go by.
  const clocks = options.clocks ?? testClocks('running', options.retrySpeed);
  const clock = running.add(clocks.clock);
  const wallClock = running.add(clocks.wallClock);

  // Services reach each other's queues, topics and functions by their ARNs alone.
  const post = postOffice();
  const { receiverOf } = post;

  const iam = startIam({
    roles: [...stack.functions.map((fn) => fn.role), ...stack.roles],
    place,
    report,
    // Functions call once they run, and then their sources are there.
    onAllowed: (...call) => eventSources.saw(...call),
  });
  const { allows, authorizeRole } = iam;
  const rights = functionRights(iam);

  // Telemetry comes before those who produce it.
  const collector = options.otlpUrl === undefined ? undefined : await startCollector(options, report);
  if (collector) running.add(collector);
  const xray = running.add(
    await startXRay({ ...options, report, ...(collector && { onDocument: collector.take }) }),
  );
  const { recordSegment } = xray;
  const logs = startLogs({ place, groups: stack.logGroups, report, mayWrite: rights.may });
  observers.push(logs.observe);
  const shown = keptForConsole();
  observers.push(shown.facts.observe);

  // Functions end before what they call, so that comes first: tables, queues, topics. The tables are made further below.
  const dynamodb = running.add(
    startDynamoDb({
      place,
      tables: stack.tables,
      templateFile: path.basename(options.templatePath),
      report,
      clock: wallClock,
      ...(options.dataDir === undefined ? {} : { dataDir: path.join(options.dataDir, 'dynamodb') }),
      ...(options.dynamoDbUrl === undefined ? {} : { url: options.dynamoDbUrl }),
      ...(signal === undefined ? {} : { signal }),
      ...(options.onWrite === undefined ? {} : { onWrite: options.onWrite }),
    }),
  );
  const sqs = running.add(
    startSqs({ place, endpoint, queues: stack.queues, clock, report, allows, authorizeRole }),
  );
  const stored = options.given?.stored;
  const ssm = startSsm({
    place,
    parameters: storedParametersOf(stack),
    given: stored?.parameters ?? {},
    now: wallClock.now,
  });
  const secretsManager = startSecretsManager({
    place,
    secrets: secretsOf(stack),
    given: stored?.secrets ?? {},
    now: wallClock.now,
  });
  const sns = startSns({
    place,
    endpoint,
    topics: stack.topics,
    report,
    allows,
    authorizeRole,
    receiverOf,
    compilePattern,
    clock,
  });

  const kinesis = startKinesis({ place, streams: stack.dataStreams, clock: wallClock, authorizeRole });

  const cloudwatch = running.add(
    startCloudWatch({
      place,
      clock: wallClock,
      report,
      alarms: stack.alarms,
      dashboards: stack.dashboards,
      queueDepths: sqs.depths,
      receiverOf,
    }),
  );
  observers.push(cloudwatch.observe);

  const book = faultBook({ report });
  for (const fault of options.faults ?? []) book.add(fault);
  const launched = running.add(
    await startLambda({
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
      freezes: options.freezes ?? true,
      ...(options.startsAhead === false && { maxAhead: 0 }),
      ...(options.maxEnvironments !== undefined && { maxEnvironments: options.maxEnvironments }),
      allowsAws: options.allowsAws ?? false,
      hosts: ANSWERED_HOSTS,
      buildsAnew: options.buildsAnew ?? false,
      ...(options.inspect && { inspect: inspectionOf(stack.functions, options.inspect) }),
    }),
  );
  signal?.throwIfAborted();
  const lambda = {
    ...launched,
    invoke: invocationFaults({
      book,
      report,
      invoke: launched.invoke,
      namesOf: (name) => [name, launched.find(name)?.logicalId ?? name],
    }),
  };

  // Functions are invoked by those who end before them: their own asynchronous queue, and the buses.
  const { find, invoke } = lambda;
  const callFunction = synchronousCall({ find, invoke, recordSegment });
  const asyncInvocation = running.add(
    startAsyncInvocation({ find, clock, report, invoke, recordSegment, allows, authorizeRole, receiverOf }),
  );
  const { buses, rules } = stack;
  const eventbridge = running.add(
    startEventBridge({
      place,
      buses,
      rules,
      archives: archivesOf(stack),
      connections: connectionsOf(stack),
      apiDestinations: apiDestinationsOf(stack),
      secrets: secretsManager.keeper,
      callableHosts: options.callableHosts ?? [],
      policies: stack.attachments.filter((it) => it.kind === 'busPolicy'),
      clock,
      wallClock,
      report,
      receiverOf,
      authorizeRole,
      allows,
      onEvent: shown.events.keep,
    }),
  );

  post.open({ sqs, sns, kinesis, lambda: asyncInvocation, events: eventbridge, logs });
  // They are called in a later turn, when they are there.
  const laterOperations: OperationPort = {
    find: (...named) => operations.find(...named),
    run: (...call) => operations.run(...call),
  };
  const apiGateway = startApiGateway({
    place,
    apis: stack.apis,
    ...(options.issuerFiles && { issuerFiles: options.issuerFiles }),
    clock: wallClock,
    report,
    find,
    invoke: callFunction,
    traceHeaderFor: (given, fn) => callTraceHeader(given, fn, Date.now()),
    operations: laterOperations,
    identify: iam.identify,
    authorize: iam.authorize,
    allows,
    authorizeRole,
  });

  // While the tables are made, the processes of the functions start on another core.
  const tables = await dynamodb.ready();
  signal?.throwIfAborted();

  const scheduler = running.add(
    startScheduler({
      place,
      groups: groupsOf(stack),
      schedules: schedulesOf(stack),
      clock,
      wallClock,
      report,
      receiverOf,
      trusts: (roleArn, sourceArn) => iam.trusts(roleArn, 'scheduler.amazonaws.com', sourceArn),
      // A schedule is met in a later turn, when the operations are there.
      callOperation: (...call) => callOperation(...call),
    }),
  );
  const stepFunctions = running.add(
    startStepFunctions({
      place,
      machines: machinesOf(stack),
      versions: versionsOf(stack),
      aliases: aliasesOf(stack),
      activities: activitiesOf(stack),
      clock,
      wallClock,
      report,
      authorizeRole,
      trusts: (roleArn, machineArn) => trustsStates(iam, place, roleArn, machineArn),
      receiverOf,
      hasLogGroup: logs.groups.has,
      putServiceEvent: eventbridge.putServiceEvent,
      recordSegment,
      operations: laterOperations,
    }),
  );
  post.open({ states: stepFunctions });
  // Their batches invoke functions, so that they end before all others.
  const eventSources = running.add(
    startEventSources({
      region: place.region,
      mappings: stack.eventSources,
      clock,
      wallClock,
      report,
      find,
      invoke: callFunction,
      may: rights.may,
      compilePattern,
      queues: sqs.polled,
      streams: { kinesis: kinesis.polled, ...(tables.polled && { dynamodb: tables.polled }) },
      receiverOf,
    }),
  );

  const pipes = running.add(
    startPipes({
      place,
      pipes: pipesOf(stack),
      now: wallClock.now,
      openSource: eventSources.open,
      receiverOf,
      authorizeRole,
      invokeFunction: (...call) => invokeByArn(...call, callFunction),
      callApiDestination: eventbridge.apiDestinations.call,
      // A batch is read in a later turn, when the operations are there.
      callOperation: (...call) => callOperation(...call),
    }),
  );

  // All are there that an alarm may notify, and that a call may ask.
  cloudwatch.begin();
  const reset = resetOf({
    tables,
    sqs,
    ssm,
    secretsManager,
    kinesis,
    logs,
    cloudwatch,
    xray,
    eventbridge,
    scheduler,
    stepFunctions,
    asyncInvocation,
    eventSources,
    pipes,
  });
  reset.add(async () => {
    book.remove();
    for (const fault of options.faults ?? []) book.add(fault);
  });
  const tests = clocks.forTest({ settled: reset.settled, factCount: () => told });
  const time = loopTime({ clocks, tests, report });
  const idleLater: (() => Promise<void>)[] = [];
  const { routes, follow, operations, callOperation, schedules } = loopRoutes({
    options,
    openPost: post.open,
    endpoint,
    stack,
    report,
    services: {
      iam,
      lambda,
      logs,
      dynamodb: tables,
      sqs,
      kinesis,
      eventbridge,
      scheduler,
      stepFunctions,
      sns,
      ssm,
      secretsManager,
      cloudwatch,
      xray,
      asyncInvocation,
      apiGateway,
      eventSources,
      pipes,
    },
    running,
    onReset: reset.add,
    console: shown,
    time,
    faults: book,
    reset: reset.run,
    receiverOf,
    onIdle: (idle) => idleLater.push(idle),
  });
  gateway.serve(routes);

  return {
    endpoint,
    token: shown.token,
    consoleUrl: consoleAddress(endpoint, shown.token),
    stack,
    ready: () => lambda.ready(),
    debugPorts: lambda.debugPorts,
    async idle() {
      // The end of one may be the beginning of another.
      for (let before = -1; before !== told; ) {
        before = told;
        for (const idle of idleLater) await idle();
        await eventbridge.idle();
        await scheduler.idle();
        await stepFunctions.idle();
        await asyncInvocation.idle();
        await eventSources.idle();
      }
    },
    segments: xray.documents,
    clock: tests,
    faults: book,
    settled: reset.settled,
    reset: reset.run,
    schedules,
    follow,
    stop: running.stop,
  };
}

/**
 * Judges whether Step Functions may assume a role, by its global principal or that of the Region; of a role that isn't known,
 * nobody can say that it may not.
 */
function trustsStates({ roles, trusts }: Iam, { region }: Place, roleArn: string, machineArn: string) {
  if (!roles.byArn(roleArn)?.declared) return true;
  const principals = ['states.amazonaws.com', `states.${region}.amazonaws.com`];
  return principals.some((principal) => trusts(roleArn, principal, machineArn));
}

/** The exporter to a collector, which is not even loaded unless one is asked for. */
async function startCollector({ place, stackName, otlpUrl: url = '' }: LoopOptions, report: Report) {
  const { startOtlpExporter } = await import('../otlp/exporter.ts');
  return startOtlpExporter({ place, stackName, report, url });
}
