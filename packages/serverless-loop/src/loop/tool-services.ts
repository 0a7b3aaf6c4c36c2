import type { Place } from '../aws/arn.ts';
import { describedOperations } from '../aws/described-operations.ts';
import { once } from '../aws/once.ts';
import type { DescribedOperation, LazyJsonService, LazyRestService } from '../aws/operation.ts';
import type { LazyQueryService, QueryService } from '../aws/query-service.ts';
import { restOperations } from '../aws/rest-service.ts';
import { jsonService, queryService } from '../aws/service.ts';
import type { ApiGateway } from '../services/apigateway/apigateway.ts';
import type { Iam } from '../services/iam/authorize.ts';
import type { LambdaContext } from '../services/lambda/api/context.ts';
import { urlResource } from '../services/lambda/function-urls.ts';

export interface ToolServices {
  json: LazyJsonService[];
  query: LazyQueryService[];
  rest: LazyRestService[];
  /** Those of Lambda that only tools call, as tasks of state machines call them. */
  lambdaOperations(): Promise<Record<string, DescribedOperation>>;
}

/** Services that only tools call, loaded at the first call: the stacks, who one is, SAM's test events. */
export function toolServices(options: {
  place: Place;
  iam: Iam;
  functions: LambdaContext;
  /** HTTP and REST APIs. */
  apis: ApiGateway['apis'];
  endpoint: string;
  cloudformation(): Promise<QueryService>;
}): ToolServices {
  const { place, iam, functions, apis, endpoint, cloudformation } = options;

  const management = once(async () => {
    const [{ API_GATEWAY, API_GATEWAY_V2, managementContext }, { parsedDefinition }] = await Promise.all([
      import('../services/apigateway/management/service.ts'),
      import('../services/apigateway/template/body.ts'),
    ]);
    const parse = (source: string) => parsedDefinition(source, 'the definition');
    const context = managementContext({ place, endpoint, apis, parse, now: Date.now });
    return [...restOperations(API_GATEWAY_V2, context), ...restOperations(API_GATEWAY, context)];
  });

  const sts = once(async () => {
    const { STS } = await import('../services/iam/sts-service.ts');
    return queryService(STS, {
      place,
      sessionOf: iam.sessionOf,
      roleByArn: iam.roles.byArn,
      assume: iam.assume,
      trusts: ({ arn, declared }, callerRoleArn) =>
        iam.allows({
          statements: declared?.trust ?? [],
          principal: { aws: callerRoleArn },
          action: 'sts:AssumeRole',
          resource: arn,
        }),
    });
  });

  const iamApi = once(async () => {
    const [{ IAM }, { MANAGED_POLICIES }, { ownPolicies }] = await Promise.all([
      import('../services/iam/iam-service.ts'),
      import('../services/iam/template/managed-policies.ts'),
      import('../services/iam/own-policies.ts'),
    ]);
    return queryService(IAM, {
      place,
      roles: iam.roles,
      managedPolicies: MANAGED_POLICIES,
      policies: ownPolicies(),
      now: Date.now,
    });
  });

  const lambdaForTools = once(
    async () => (await import('../services/lambda/api/tool-service.ts')).LAMBDA_FOR_TOOLS,
  );

  return {
    lambdaOperations: async () => describedOperations(await lambdaForTools(), functions),
    rest: [
      { title: 'API Gateway', signingName: 'apigateway', load: management },
      {
        title: 'EventBridge Schemas',
        signingName: 'schemas',
        load: once(async () => (await import('../services/schemas/service.ts')).schemasOperations(place)),
      },
      {
        title: 'Lambda',
        signingName: 'lambda',
        load: once(async () => restOperations(await lambdaForTools(), functions)),
      },
    ],
    json: [
      {
        title: 'Cloud Control',
        targetPrefix: 'CloudApiService',
        signingName: 'cloudcontrolapi',
        load: once(async () => {
          const { CLOUD_CONTROL } = await import('../services/cloudcontrol/service.ts');
          return jsonService(CLOUD_CONTROL, {
            readers: { 'AWS::Lambda::Url': (identifier) => urlResource(functions.urls(), identifier) },
          });
        }),
      },
    ],
    query: [
      { title: 'CloudFormation', signingName: 'cloudformation', version: '2010-05-15', load: cloudformation },
      { title: 'STS', signingName: 'sts', version: '2011-06-15', load: sts },
      { title: 'IAM', signingName: 'iam', version: '2010-05-08', load: iamApi },
    ],
  };
}
