import path from 'node:path';
import type { Place } from '../aws/arn.ts';
import { postOffice } from '../aws/delivery.ts';
import type { OperationPort } from '../aws/operation-port.ts';
import { servicePrincipals } from '../aws/service-principals.ts';
import type { Fact, Report } from '../facts.ts';
import { faultBook } from '../faults/fault-book.ts';
import { startGateway } from '../gateway/gateway.ts';
import { startApiGateway } from '../services/apigateway/apigateway.ts';
import { domainsOf, mappingsOf } from '../services/apigateway/domains/domain-model.ts';
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
import { synchronousCall } from '../services/lambda/telemetry/synchronous-call.ts';
import { callTraceHeader } from '../services/lambda/telemetry/trace.ts';
import { loadStack } from '../services/load.ts';
import { startLogs } from '../services/logs/logs.ts';
import { metricFiltersOf } from '../services/logs/metric-filters/metric-filter.ts';
import { subscriptionsOf } from '../services/logs/subscriptions/subscription-filter.ts';
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
import type { Stack } from '../template/model.ts';
import { atRest } from './at-rest.ts';
import { consoleAddress } from './console-pages.ts';
import { functionRights } from './function-rights.ts';
import { invokeByArn } from './invoke-by-arn.ts';
import { keptForConsole } from './kept-for-console.ts';
import type { Loop, LoopOptions } from './loop-options.ts';
import { loopTime } from './loop-time.ts';
import type { OperationCaller } from './operation-caller.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { resetOf } from './reset.ts';
import { loopRoutes } from './routes.ts';
import { startFunctions } from './start-functions.ts';
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
  const facts = factListeners(options.report);
  const { report } = facts;

  // First the port, because queue URLs in the template's environment hold it.
  const gateway = running.add(await startGateway(options));
  signal?.throwIfAborted();
  const { endpoint } = gateway;
  const stack = await readStack(options, endpoint);

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
  /** All that most services work with; each takes its own of it. */
  const ground = { place, endpoint, report, clock, wallClock, receiverOf, allows, authorizeRole };
  const byDay = { ...ground, clock: wallClock };
  const { now } = wallClock;

  // Telemetry comes before those who produce it.
  const collector = await startCollector(options, report);
  if (collector) running.add(collector);
  const xray = running.add(
    await startXRay({ place, report, ...(collector && { onDocument: collector.take }) }),
  );
  const { recordSegment } = xray;
  const logs = running.add(
    startLogs({
      ...ground,
      groups: stack.logGroups,
      subscriptions: subscriptionsOf(stack),
      metricFilters: metricFiltersOf(stack),
      mayWrite: rights.may,
      trusts: (...role) => trustsService(iam, place, 'logs', ...role),
      onMetric: (measurement) => cloudwatch.take(measurement),
      // Functions log once they run.
      traceOf: (requestId) => lambda.traceOf(requestId),
    }),
  );
  facts.add(logs.observe);
  const shown = keptForConsole();
  facts.add(shown.facts.observe);

  // Functions end before what they call, so that comes first: tables, queues, topics. The tables are made further below.
  const tables = running.add(startDynamoDb({ ...byDay, tables: stack.tables, ...tablesPlace(options) }));
  const sqs = running.add(startSqs({ ...ground, queues: stack.queues }));
  const { parameters = {}, secrets = {} } = options.given?.stored ?? {};
  const ssm = startSsm({ place, now, parameters: storedParametersOf(stack), given: parameters });
  const secretsManager = startSecretsManager({ place, now, secrets: secretsOf(stack), given: secrets });
  const { callableHosts = [] } = options;
  const sns = running.add(startSns({ ...ground, topics: stack.topics, compilePattern, callableHosts }));
  const kinesis = startKinesis({ ...byDay, streams: stack.dataStreams });
  const { alarms, dashboards } = stack;
  const cloudwatch = running.add(startCloudWatch({ ...byDay, alarms, dashboards, queueDepths: sqs.depths }));
  facts.add(cloudwatch.observe);

  const faults = faultBook({ report });
  for (const fault of options.faults ?? []) faults.add(fault);
  const lambda = running.add(
    await startFunctions(options, { endpoint, stack, report, rights, xray, faults }),
  );
  signal?.throwIfAborted();

  // Functions are invoked by those who end before them: their own asynchronous queue, and the buses.
  const { find, invoke } = lambda;
  const callFunction = synchronousCall({ find, invoke, recordSegment });
  const asyncInvocation = running.add(startAsyncInvocation({ ...ground, find, invoke, recordSegment }));
  const eventbridge = running.add(
    startEventBridge({
      ...ground,
      buses: stack.buses,
      rules: stack.rules,
      archives: archivesOf(stack),
      connections: connectionsOf(stack),
      apiDestinations: apiDestinationsOf(stack),
      secrets: secretsManager.keeper,
      callableHosts,
      policies: stack.attachments.filter((it) => it.kind === 'busPolicy'),
      onEvent: shown.events.keep,
    }),
  );
  post.open({ sqs, sns, kinesis, lambda: asyncInvocation, events: eventbridge, logs });
  // They are called in a later turn, when they are there.
  const operations: OperationPort = {
    find: (...named) => routed.operations.find(...named),
    run: (...call) => routed.operations.run(...call),
  };
  const callOperation: OperationCaller = (...call) => routed.callOperation(...call);
  const apiGateway = startApiGateway({
    ...byDay,
    apis: stack.apis,
    domains: domainsOf(stack),
    mappings: mappingsOf(stack),
    ...(options.issuerFiles && { issuerFiles: options.issuerFiles }),
    find,
    invoke: callFunction,
    traceHeaderFor: (given, fn) => callTraceHeader(given, fn, Date.now()),
    operations,
    ...(options.callableHosts && { callableHosts: options.callableHosts }),
    identify: iam.identify,
    authorize: iam.authorize,
  });

  // While the tables are made, the processes of the functions start on another core.
  const dynamodb = await tables.ready();
  signal?.throwIfAborted();

  const scheduler = running.add(
    startScheduler({
      ...ground,
      groups: groupsOf(stack),
      schedules: schedulesOf(stack),
      trusts: (roleArn, sourceArn) => iam.trusts(roleArn, 'scheduler.amazonaws.com', sourceArn),
      operations,
      callOperation,
    }),
  );
  const stepFunctions = running.add(
    startStepFunctions({
      ...ground,
      machines: machinesOf(stack),
      versions: versionsOf(stack),
      aliases: aliasesOf(stack),
      activities: activitiesOf(stack),
      trusts: (...role) => trustsService(iam, place, 'states', ...role),
      hasLogGroup: logs.groups.has,
      putServiceEvent: eventbridge.putServiceEvent,
      callByConnection: eventbridge.connections.call,
      recordSegment,
      operations,
    }),
  );
  post.open({ states: stepFunctions });
  // Their batches invoke functions, so that they end before all others.
  const eventSources = running.add(
    startEventSources({
      ...ground,
      region: place.region,
      mappings: stack.eventSources,
      find,
      invoke: callFunction,
      may: rights.may,
      compilePattern,
      queues: sqs.polled,
      streams: { kinesis: kinesis.polled, ...(dynamodb.polled && { dynamodb: dynamodb.polled }) },
    }),
  );
  const pipes = running.add(
    startPipes({
      ...ground,
      now,
      pipes: pipesOf(stack),
      openSource: eventSources.open,
      invokeFunction: (functionArn, payload, traceHeader, sourceArn) =>
        invokeByArn(functionArn, { payload, traceHeader, sourceArn }, callFunction),
      callApiDestination: eventbridge.apiDestinations.call,
      callOperation,
    }),
  );

  // All are there that an alarm may notify, and that a call may ask.
  cloudwatch.begin();
  const services = {
    iam,
    lambda,
    logs,
    dynamodb,
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
  };
  const { idle, onIdle, settled } = atRest(services, facts.count);
  const reset = resetOf(services, settled);
  reset.add(async () => {
    faults.remove();
    for (const fault of options.faults ?? []) faults.add(fault);
  });
  const tests = clocks.forTest({ settled, factCount: facts.count });
  const routed = loopRoutes({
    options,
    openPost: post.open,
    endpoint,
    stack,
    report,
    services,
    running,
    onReset: reset.add,
    onIdle,
    console: shown,
    time: loopTime({ clocks, tests, report }),
    faults,
    reset: reset.run,
    receiverOf,
  });
  gateway.serve(routed.routes);

  return {
    endpoint,
    token: shown.token,
    consoleUrl: consoleAddress(endpoint, shown.token),
    stack,
    ready: () => lambda.ready(),
    debugPorts: lambda.debugPorts,
    idle,
    segments: xray.documents,
    clock: tests,
    faults,
    settled,
    reset: reset.run,
    schedules: routed.schedules,
    follow: routed.follow,
    stop: running.stop,
  };
}

/** The stores of telemetry hear of a fact before whoever started the loop does. */
function factListeners(reportTo: Report) {
  const listeners: Report[] = [];
  let told = 0;
  return {
    add: (listener: Report) => listeners.push(listener),
    count: () => told,
    report(fact: Fact) {
      told += 1;
      for (const listen of listeners) listen(fact);
      reportTo(fact);
    },
  };
}

async function readStack(options: LoopOptions, endpoint: string): Promise<Stack> {
  const stack = options.isEmpty
    ? emptyStack(options.place, options.stackName)
    : loadStack({ ...options, path: options.templatePath, endpoint });
  await refuseInvalid(options.templatePath, stack);
  if (!options.isEmpty) options.onStack?.(stack);
  return stack;
}

function tablesPlace({ templatePath, dataDir, dynamoDbUrl, signal, onWrite }: LoopOptions) {
  return {
    templateFile: path.basename(templatePath),
    ...(dataDir !== undefined && { dataDir: path.join(dataDir, 'dynamodb') }),
    ...(dynamoDbUrl !== undefined && { url: dynamoDbUrl }),
    ...(signal && { signal }),
    ...(onWrite && { onWrite }),
  };
}

/** Judges whether a service may assume a role; of a role that isn't known, nobody can say that it may not. */
function trustsService(
  { roles, trusts }: Iam,
  { region }: Place,
  service: 'logs' | 'states',
  ...[roleArn, sourceArn]: [roleArn: string, sourceArn: string]
) {
  if (!roles.byArn(roleArn)?.declared) return true;
  return servicePrincipals(service, region).some((principal) => trusts(roleArn, principal, sourceArn));
}

/** The exporter to a collector, which is not even loaded unless one is asked for. */
async function startCollector({ place, stackName, otlpUrl: url }: LoopOptions, report: Report) {
  if (url === undefined) return undefined;
  const { startOtlpExporter } = await import('../otlp/exporter.ts');
  return startOtlpExporter({ place, stackName, report, url });
}
