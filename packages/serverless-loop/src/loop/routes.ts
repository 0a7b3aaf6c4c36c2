import path from 'node:path';
import type { ReceiverOf } from '../aws/delivery.ts';
import { once } from '../aws/once.ts';
import type { Caller } from '../aws/operation.ts';
import { restOperations } from '../aws/rest-service.ts';
import { describedOperations } from '../aws/service.ts';
import type { Report } from '../facts.ts';
import type { Routes } from '../gateway/gateway.ts';
import { measured } from '../services/cloudwatch/cloudwatch.ts';
import { newDeployment } from '../services/lambda/api/api-configuration.ts';
import { lambdaContext } from '../services/lambda/api/context.ts';
import { LAMBDA } from '../services/lambda/api/service.ts';
import type { AsyncInvocation } from '../services/lambda/async/async-invocation.ts';
import { functionUrls } from '../services/lambda/function-urls.ts';
import { layerStore } from '../services/lambda/layers.ts';
import type { S3 } from '../services/s3/s3.ts';
import type { XRay } from '../services/xray/xray.ts';
import { emptyStack } from '../template/empty-stack.ts';
import type { Stack } from '../template/model.ts';
import { codeDownloads } from './code-downloads.ts';
import type { StackServices } from './held-kinds.ts';
import type { DeclaredStack, Loop, LoopOptions } from './loop-options.ts';
import { nextStepsOf } from './next-steps.ts';
import { type CallableOperations, operationCaller } from './operation-caller.ts';
import { answeredServices, loopPages } from './pages.ts';
import { type LoopSchedules, loopSchedules } from './schedules.ts';
import type { StartList } from './start-list.ts';
import { toolServices } from './tool-services.ts';

export interface LoopRoutesOptions {
  options: LoopOptions;
  endpoint: string;
  stack: Stack;
  report: Report;
  /** Finds the services that buckets notify. */
  receiverOf: ReceiverOf;
  /** Those that run from the start. */
  services: Omit<StackServices, 's3' | 'cacheDir'> & { xray: XRay; asyncInvocation: AsyncInvocation };
  /** Takes the services that a call has started. */
  running: StartList;
  /** Takes what empties such a service. */
  onReset(empty: () => Promise<void>): void;
  /** Takes what resolves when such a service has nothing under way. */
  onIdle(idle: () => Promise<void>): void;
}

/** Answers with the services that run, and those that the first call to them starts. */
export function loopRoutes(given: LoopRoutesOptions): {
  routes: Routes;
  follow: Loop['follow'];
  callOperation: ReturnType<typeof operationCaller>;
  schedules: LoopSchedules;
} {
  const { options, endpoint, report, services } = given;
  const {
    iam,
    lambda,
    logs,
    dynamodb,
    sqs,
    kinesis,
    eventbridge,
    scheduler,
    sns,
    ssm,
    secretsManager,
    cloudwatch,
    xray,
    asyncInvocation,
    eventSources,
  } = services;
  const { place, cacheDir } = options;
  const startedAt = Date.now();
  const code = codeDownloads({ endpoint, codeOf: lambda.codeOf, cacheDir });
  const s3 = s3StartedByCall(given);
  const functions = lambdaContext({
    ...lambda,
    urls: () => functionUrls(services.apiGateway.apis.list(), endpoint),
    apis: services.apiGateway.apis,
    layers: layerStore(place),
    roleOf: (arn) => (iam.trusts(arn, 'lambda.amazonaws.com', '') ? iam.roles.byArn(arn) : undefined),
    place,
    recordSegment: xray.recordSegment,
    accept: asyncInvocation.accept,
    eventSources: eventSources.mappings,
    deployment: newDeployment(startedAt, code),
    objectAt: async (object) => (await s3()).objectAt(object),
    cacheDir,
  });
  const stacks = stacksStartedByCall(given, s3, startedAt);
  const tools = toolServices({
    place,
    iam,
    cloudformation: stacks.cloudformation,
    functions,
    apis: services.apiGateway.apis,
    endpoint,
  });

  const measuredServices = [
    measured(dynamodb.service, cloudwatch.calls.dynamodb),
    measured(eventbridge.service, cloudwatch.calls.events),
    measured(sqs.service, cloudwatch.calls.sqs),
  ];
  const answered: Pick<Routes, 'json' | 'rest' | 'lazyRest' | 'restXml' | 'query'> = {
    json: [
      ...measuredServices,
      dynamodb.streams,
      kinesis.service,
      cloudwatch.service,
      logs.service,
      ssm.service,
      secretsManager.service,
      ...tools.json,
    ],
    rest: restOperations(LAMBDA, functions),
    lazyRest: [xray.service, scheduler.service, ...tools.rest],
    query: [...tools.query, sqs.query, sns.service, cloudwatch.query],
    restXml: [{ title: 'S3', signingName: 's3', load: async () => (await s3()).service }],
  };
  const schedules = loopSchedules(stacks.live, services);
  const pages = loopPages(stacks.live, lambda.list, answeredServices(answered), {
    endpoint,
    nextSteps: () => (options.isEmpty ? [] : nextStepsOf(path.dirname(options.templatePath))),
    schedules,
  });
  const routes: Routes = {
    ...answered,
    acceptsUnsigned: options.acceptsUnsigned ?? false,
    identify: (accessKeyId): Caller => iam.identify(accessKeyId),
    authorize: iam.authorize,
    apis: services.apiGateway.answer,
    pages: (request) => code.page(request) ?? pages(request),
    report,
  };
  const loaded = (signingName: string, load: () => Promise<{ operations: CallableOperations }>) => ({
    signingName,
    load: async () => (await load()).operations,
  });
  const callOperation = operationCaller({
    endpoint,
    authorize: iam.authorize,
    services: [
      ...measuredServices.map((service) => loaded(service.signingName, async () => service)),
      loaded('logs', logs.service.load),
      loaded('monitoring', cloudwatch.service.load),
      loaded('sns', sns.service.load),
      { signingName: 'lambda', load: async () => describedOperations(LAMBDA, functions) },
    ],
  });
  return { routes, follow: stacks.follow, callOperation, schedules };
}

/** S3, with the buckets of the stack. */
function s3StartedByCall(given: LoopRoutesOptions): () => Promise<S3> {
  const { options, stack, report, receiverOf, services, running } = given;
  return once(async () => {
    const { startS3 } = await import('../services/s3/s3.ts');
    const { place, cacheDir } = options;
    const s3 = running.add(
      startS3({
        place,
        cacheDir,
        report,
        receiverOf,
        putServiceEvent: services.eventbridge.putServiceEvent,
        sessionNameOf: (caller) => services.iam.sessionOf(caller)?.name,
      }),
    );
    for (const bucket of stack.buckets) s3.buckets.put(bucket);
    given.onReset(s3.empty);
    given.onIdle(s3.idle);
    return s3;
  });
}

/** CloudFormation, and what runs from source: that may change once there is CloudFormation. */
function stacksStartedByCall(
  { options, endpoint, stack, report, services, running }: LoopRoutesOptions,
  s3: () => Promise<S3>,
  startedAt: number,
) {
  const { place, cacheDir, stackName } = options;
  const { lambda } = services;
  const stopping = new AbortController();
  let live = () => stack;
  const start = once(async () => {
    const { startStackTools } = await import('./stacks.ts');
    const tools = startStackTools({
      place,
      endpoint,
      report,
      services: {
        ...services,
        // The end of the loop waits for no function that is being deployed.
        lambda: { ...lambda, put: (fn) => lambda.put(fn, stopping.signal) },
        s3,
        cacheDir,
      },
      templateAt: async (url) => (await s3()).textAt(url),
      ...(!options.isEmpty && { live: { ...options, stack, startedAt } }),
    });
    running.add({
      async stop() {
        const ended = tools.stop();
        stopping.abort(new Error('The loop is stopping.'));
        await ended;
      },
    });
    live = () => tools.live() ?? emptyStack(place, stackName);
    return tools;
  });
  // Of included files what was read at the start is known for as long as none is saved.
  if (options.watch && stack.includedFiles.length > 0) void start().catch(() => {});
  return {
    cloudformation: async () => (await start()).cloudformation,
    follow: async (declared: DeclaredStack) => (await start()).follow(declared),
    live: () => live(),
  };
}
