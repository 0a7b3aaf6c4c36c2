import type { ApiModel } from '../../aws/api-model.ts';
import { formatArn, type Place } from '../../aws/arn.ts';
import type { ReceiverOf } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import { once } from '../../aws/once.ts';
import type { Caller, Need } from '../../aws/operation.ts';
import type { OperationPort } from '../../aws/operation-port.ts';
import type { Clock } from '../../clock.ts';
import type { Report } from '../../facts.ts';
import { functionAuthorizers } from './access/function-authorizer.ts';
import { issuerKeys } from './access/issuer-keys.ts';
import { verdictOf } from './access/policy.ts';
import { resourcePolicies } from './access/resource-policy.ts';
import { apiAnswers } from './api-answers.ts';
import type { DomainModel, MappingModel } from './domains/domain-model.ts';
import { type ApiDomains, apiDomains } from './domains/domains.ts';
import { type FunctionCallerOptions, functionCaller } from './integrations/function-caller.ts';
import type { PayloadParts } from './payloads/context.ts';
import type { ApiAnswer, SignedRequest } from './requests/api-request.ts';
import { throttles } from './requests/throttle.ts';

export interface ApiGatewayOptions extends FunctionCallerOptions {
  place: Place;
  apis: readonly ApiModel[];
  domains: readonly DomainModel[];
  mappings: readonly MappingModel[];
  clock: Clock;
  report: Report;
  /** JSON Web Key Sets by issuer, for those that are not to be asked. */
  issuerFiles?: Readonly<Record<string, string>>;
  /** Operations that integrations with services call. */
  operations: OperationPort;
  /** Finds the log groups of access logs. */
  receiverOf: ReceiverOf;
  /** Names of hosts that HTTP integrations may call beside this machine. */
  callableHosts?: readonly string[];
  identify(accessKeyId: string | undefined): Caller;
  /** Throws AwsError when the caller may not. */
  authorize(call: { caller: Caller }, needs: Need[], service: string): void;
}

/** APIs of API Gateway, and functions' URLs. */
export interface ApiGateway {
  apis: {
    has(id: string): boolean;
    list(): ApiModel[];
    put(api: ApiModel): void;
    remove(id: string): void;
  };
  domains: ApiDomains;
  /** Never rejects for what a caller sends or a function answers. */
  answer(request: SignedRequest): Promise<ApiAnswer>;
}

export function startApiGateway(options: ApiGatewayOptions): ApiGateway {
  const { place, clock, report } = options;
  const apis = new Map(options.apis.map((api) => [api.name, api]));
  const call = functionCaller(options);
  const authorizers = functionAuthorizers({
    call,
    decide: (statements, resource, sourceIp) => {
      const request = {
        principal: { service: 'apigateway.amazonaws.com' },
        action: 'execute-api:Invoke',
        resource,
        context: { 'aws:SourceIp': sourceIp },
      };
      return verdictOf(statements, (each) => options.allows({ ...request, statements: each }));
    },
    routeArn,
    elapsedMs: clock.elapsedMs,
  });

  /** Of the very path, whose values an authorizer's policy may name. */
  function routeArn({ api, stage, request, path }: PayloadParts): string {
    return formatArn(place, 'execute-api', `${api.name}/${stage.name}/${request.method}${path}`);
  }

  /** Throws AwsError when the caller's own policies don't let it. */
  function authorizeCaller(accessKeyId: string, need: Need): void {
    options.authorize({ caller: options.identify(accessKeyId) }, [need], need.action.split(':', 1)[0] ?? '');
  }

  const answers = apiAnswers({
    place,
    report,
    clock,
    call,
    operations: options.operations,
    receiverOf: options.receiverOf,
    callableHosts: options.callableHosts ?? [],
    authorizers,
    routeArn,
    keys: issuerKeys(options.issuerFiles ?? {}, clock.elapsedMs),
    throttles: throttles(clock.elapsedMs),
    mayInvoke(accessKeyId, need) {
      try {
        authorizeCaller(accessKeyId, need);
        return true;
      } catch (error) {
        if (error instanceof AwsError) return false;
        throw error;
      }
    },
    userArnOf: (accessKeyId) =>
      options.identify(accessKeyId).roleArn ?? `arn:${place.partition}:iam::${place.accountId}:user/local`,
    allows: options.allows,
    judge: resourcePolicies(options.allows),
  });

  const domains = apiDomains(options.domains, options.mappings);
  // Most stacks have no domain.
  const domainAnswer = once(async () => {
    const { domainAnswers } = await import('./domains/domain-answer.ts');
    return domainAnswers({ domains, apiOf: (id) => apis.get(id), answer: answers, report });
  });

  return {
    domains,
    apis: {
      has: (id) => apis.has(id),
      list: () => [...apis.values()],
      put(api) {
        apis.set(api.name, api);
        authorizers.forget(api.name);
      },
      remove(id) {
        apis.delete(id);
        authorizers.forget(id);
      },
    },
    answer(request) {
      const { domain } = request;
      if (domain === undefined) return answers(apis.get(request.id), request);
      return domainAnswer().then((answerAt) => answerAt(domain, request));
    },
  };
}
