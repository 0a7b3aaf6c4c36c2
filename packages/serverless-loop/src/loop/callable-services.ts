import { describedOperations } from '../aws/described-operations.ts';
import type { JsonService, LazyJsonService, LazyRestService } from '../aws/operation.ts';
import type { LazyQueryService } from '../aws/query-service.ts';
import type { LambdaContext } from '../services/lambda/api/context.ts';
import { LAMBDA } from '../services/lambda/api/service.ts';
import type { CallableService } from './operation-caller.ts';
import type { ToolServices } from './tool-services.ts';

/** The services whose operations schedules, state machines and the console call by their names. */
export function callableServices(
  services: readonly (JsonService | LazyJsonService | LazyQueryService)[],
  functions: LambdaContext,
  tools: Pick<ToolServices, 'query' | 'lambdaOperations'>,
  rest: readonly LazyRestService[],
): CallableService[] {
  const called = [...services, ...tools.query].map((service) => ({
    signingName: service.signingName,
    load: async () => ('load' in service ? await service.load() : service).operations,
  }));
  return [
    ...called,
    ...rest.map(({ signingName, load }) => ({
      signingName,
      load: async () =>
        Object.fromEntries(
          (await load()).flatMap(({ name, described }) => (described ? [[name, described] as const] : [])),
        ),
    })),
    { signingName: 'lambda', load: async () => describedOperations(LAMBDA, functions) },
    { signingName: 'lambda', load: tools.lambdaOperations },
  ];
}
