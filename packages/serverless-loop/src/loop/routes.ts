import path from 'node:path';
import type { PostOffice } from '../aws/delivery.ts';
import { once } from '../aws/once.ts';
import type { Caller } from '../aws/operation.ts';
import type { OperationPort } from '../aws/operation-port.ts';
import { restOperations } from '../aws/rest-service.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { Routes } from '../gateway/gateway.ts';
import type { Page, PageRequest } from '../gateway/routes.ts';
import { measured } from '../services/cloudwatch/cloudwatch.ts';
import { newDeployment } from '../services/lambda/api/api-configuration.ts';
import { lambdaContext } from '../services/lambda/api/context.ts';
import { LAMBDA } from '../services/lambda/api/service.ts';
import { functionUrls } from '../services/lambda/function-urls.ts';
import { layerStore } from '../services/lambda/layers.ts';
import { CERTIFICATE_PATH } from '../services/sns/certificate-path.ts';
import type { Sns } from '../services/sns/sns.ts';
import { answeredServices, checkHosts } from './answered-services.ts';
import { callableServices } from './callable-services.ts';
import { type CalledServicesOptions, s3StartedByCall, stacksStartedByCall } from './called-services.ts';
import { codeDownloads } from './code-downloads.ts';
import { consolePages } from './console-pages.ts';
import { disturbing } from './disturbing.ts';
import type { LoopConsole } from './kept-for-console.ts';
import type { Loop } from './loop-options.ts';
import type { LoopTime } from './loop-time.ts';
import { nextStepsOf } from './next-steps.ts';
import { developerCaller, type OperationCaller, operationCaller, operationPort } from './operation-caller.ts';
import { loopPages } from './pages.ts';
import { type LoopSchedules, loopSchedules } from './schedules.ts';
import { toolServices } from './tool-services.ts';

export interface LoopRoutesOptions extends CalledServicesOptions {
  console: LoopConsole;
  faults: FaultBook;
  time: LoopTime;
  /** Empties all. */
  reset(): Promise<void>;
  /** Adds receivers of messages. */
  openPost: PostOffice['open'];
}

/** Answers with the services that run, and those that the first call to them starts. */
export function loopRoutes(given: LoopRoutesOptions): {
  routes: Routes;
  follow: Loop['follow'];
  operations: OperationPort;
  callOperation: OperationCaller;
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
    stepFunctions,
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
  given.openPost({ s3: { receive: async (...given) => (await s3()).receive(...given) } });
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
      stepFunctions.service,
      ...tools.json,
    ],
    rest: restOperations(LAMBDA, functions),
    lazyRest: [xray.service, scheduler.service, services.pipes.service, ...tools.rest],
    query: [...tools.query, sqs.query, sns.service, cloudwatch.query],
    restXml: [{ title: 'S3', signingName: 's3', load: async () => (await s3()).service }],
  };
  checkHosts(answered);
  const schedules = loopSchedules(stacks.live, services);
  const projectFolder = path.dirname(options.templatePath);
  const pages = loopPages(stacks.live, lambda.list, answeredServices(answered), {
    endpoint,
    nextSteps: () => (options.isEmpty ? [] : nextStepsOf(projectFolder)),
    projectFolder,
    schedules,
  });
  let answerConsole: NonNullable<Routes['pages']> = () => undefined;
  const routes: Routes = {
    ...answered,
    acceptsUnsigned: options.acceptsUnsigned ?? false,
    identify: (accessKeyId): Caller => iam.identify(accessKeyId),
    ...disturbing({
      book: given.faults,
      report,
      functions: lambda.list,
      stack: stacks.live,
      authorize: iam.authorize,
    }),
    apis: services.apiGateway.answer,
    pages: (request) =>
      code.page(request) ?? certificatePage(sns, request) ?? pages(request) ?? answerConsole(request),
    report,
  };
  const callable = {
    endpoint,
    authorize: iam.authorize,
    services: [
      ...callableServices(
        [
          ...measuredServices,
          kinesis.service,
          logs.service,
          cloudwatch.service,
          secretsManager.service,
          sns.service,
          ssm.service,
          stepFunctions.service,
        ],
        functions,
        tools,
        [xray.service, scheduler.service, services.pipes.service, ...tools.rest],
      ),
      { signingName: 's3', load: once(async () => (await s3()).operations()) },
      { signingName: 'dynamodb', load: async () => dynamodb.streams.operations },
    ],
  };
  const callOperation = operationCaller(callable);
  answerConsole = consolePages({
    ...given,
    s3,
    stack: stacks.live,
    schedules,
    call: developerCaller(callable),
    startedAt,
  });
  return { routes, follow: stacks.follow, operations: operationPort(callable), callOperation, schedules };
}

/** The certificate that messages of SNS name; undefined for another page. */
function certificatePage(
  sns: Pick<Sns, 'certificate'>,
  { method, path }: Pick<PageRequest, 'method' | 'path'>,
): Promise<Page> | undefined {
  if (method !== 'GET' || path !== CERTIFICATE_PATH) return undefined;
  return sns.certificate().then((body) => ({ status: 200, contentType: 'application/x-pem-file', body }));
}
