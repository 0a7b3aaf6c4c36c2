import { LATEST } from '../../../aws/arn.ts';
import { integer, list, map, oneOf, structure, text } from '../../../aws/members.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { calledModel } from '../qualifier.ts';
import { functionConfiguration } from './api-configuration.ts';
import { type CalledFunction, functionArn, functionOf } from './api-function-lookup.ts';
import { operation } from './context.ts';
import { listPage, PAGE_INPUT } from './list-page.ts';
import { CONFIGURATION, NAMESPACED_FUNCTION, QUALIFIED_FUNCTION } from './shapes.ts';

export const FUNCTION_OPERATIONS = {
  GetFunction: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}',
    input: QUALIFIED_FUNCTION,
    output: {
      Configuration: structure(CONFIGURATION),
      Code: structure({ RepositoryType: text(), Location: text() }),
      Concurrency: structure({ ReservedConcurrentExecutions: integer() }),
      Tags: map(text()),
    },
    needs: functionArn,
    async handle(input, context) {
      const called = functionOf(input, context);
      const { deployment } = context;
      const { reservedConcurrency, tags = {} } = called.fn;
      const made = await deployment.code?.locate(calledModel(called.fn, called.qualifier));
      return {
        Configuration: functionConfiguration(called, deployment, made),
        Code: { RepositoryType: 'S3', ...(made && { Location: made.url }) },
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
        ...(Object.keys(tags).length > 0 && { Tags: tags }),
      };
    },
  }),

  GetFunctionConfiguration: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}/configuration',
    input: QUALIFIED_FUNCTION,
    output: CONFIGURATION,
    needs: functionArn,
    handle: (input, context) => functionConfiguration(functionOf(input, context), context.deployment),
  }),

  ListFunctions: operation({
    route: 'GET /2015-03-31/functions',
    input: { FunctionVersion: oneOf(['ALL'], { at: 'query' }), ...PAGE_INPUT },
    output: { Functions: list(structure(CONFIGURATION)), NextMarker: text() },
    needs: () => ['*'],
    handle({ FunctionVersion, ...page }, { list: functions, deployment }) {
      const { items, nextToken } = listPage(functions(), 'functions', page, ({ name }) => name);
      const listed = FunctionVersion === 'ALL' ? items.flatMap(versionsOf) : items.map((fn) => ({ fn }));
      return {
        Functions: listed.map((called) => functionConfiguration(called, deployment)),
        NextMarker: nextToken,
      };
    },
  }),

  ListVersionsByFunction: operation({
    route: 'GET /2015-03-31/functions/{FunctionName}/versions',
    input: { ...NAMESPACED_FUNCTION, ...PAGE_INPUT },
    output: { Versions: list(structure(CONFIGURATION)), NextMarker: text() },
    needs: functionArn,
    handle(input, context) {
      const { fn } = functionOf(input, context);
      const { items, nextToken } = listPage(versionsOf(fn), `versions of ${fn.name}`, input);
      return {
        Versions: items.map((called) => functionConfiguration(called, context.deployment)),
        NextMarker: nextToken,
      };
    },
  }),
};

/** Those that are published have a number for their name. */
export function versionsOf(fn: FunctionModel): CalledFunction[] {
  const published = fn.qualifiers.filter(({ name, version }) => name === version);
  return [LATEST, ...published.map(({ name }) => name)].map((qualifier) => ({ fn, qualifier }));
}
