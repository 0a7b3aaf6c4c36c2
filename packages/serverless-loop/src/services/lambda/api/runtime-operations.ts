import { LATEST } from '../../../aws/arn.ts';
import { oneOf, required, text } from '../../../aws/members.ts';
import { functionArn, functionOf } from './api-function-lookup.ts';
import { operation } from './context.ts';
import { invalid } from './function-errors.ts';
import { FUNCTION, QUALIFIED_FUNCTION } from './shapes.ts';

const RUNTIME_MANAGEMENT = {
  UpdateRuntimeOn: text(),
  RuntimeVersionArn: text(),
  FunctionArn: text(),
} as const;

/** Settings about what runs a function: its runtime's versions, loops that it may be part of, signed code. */
export const RUNTIME_OPERATIONS = {
  GetRuntimeManagementConfig: operation({
    route: 'GET /2021-07-20/functions/{FunctionName}/runtime-management-config',
    input: QUALIFIED_FUNCTION,
    output: RUNTIME_MANAGEMENT,
    needs: functionArn,
    handle(input, context) {
      const { fn } = functionOf(input, context);
      const { on, versionArn } = fn.shown?.runtimeUpdates ?? { on: 'Auto' };
      return { UpdateRuntimeOn: on, RuntimeVersionArn: versionArn, FunctionArn: `${fn.arn}:${LATEST}` };
    },
  }),

  /** Kept and shown: the loop runs the versions that this machine has. */
  PutRuntimeManagementConfig: operation({
    route: 'PUT /2021-07-20/functions/{FunctionName}/runtime-management-config',
    input: {
      ...QUALIFIED_FUNCTION,
      UpdateRuntimeOn: required(oneOf(['Auto', 'Manual', 'FunctionUpdate'])),
      RuntimeVersionArn: text({ min: 26, max: 2048 }),
    },
    output: RUNTIME_MANAGEMENT,
    needs: functionArn,
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      const { UpdateRuntimeOn: on, RuntimeVersionArn: versionArn } = input;
      if (on === 'Manual' && versionArn === undefined)
        throw invalid('RuntimeVersionArn is required when UpdateRuntimeOn is Manual.');
      const runtimeUpdates = { on, ...(versionArn !== undefined && { versionArn }) };
      await context.put({ ...fn, shown: { ...fn.shown, runtimeUpdates } });
      return { UpdateRuntimeOn: on, RuntimeVersionArn: versionArn, FunctionArn: `${fn.arn}:${LATEST}` };
    },
  }),

  GetFunctionRecursionConfig: operation({
    route: 'GET /2024-08-31/functions/{FunctionName}/recursion-config',
    input: FUNCTION,
    output: { RecursiveLoop: text() },
    needs: functionArn,
    handle: (input, context) => ({
      RecursiveLoop: functionOf(input, context).fn.recursiveLoop ?? 'Terminate',
    }),
  }),

  PutFunctionRecursionConfig: operation({
    route: 'PUT /2024-08-31/functions/{FunctionName}/recursion-config',
    input: { ...FUNCTION, RecursiveLoop: required(oneOf(['Terminate', 'Allow'])) },
    output: { RecursiveLoop: text() },
    needs: functionArn,
    async handle(input, context) {
      const { recursiveLoop: _, ...fn } = functionOf(input, context).fn;
      const { RecursiveLoop } = input;
      await context.put({ ...fn, ...(RecursiveLoop === 'Allow' && { recursiveLoop: 'Allow' }) });
      return { RecursiveLoop };
    },
  }),

  /** No code is signed here; of a function without such a configuration AWS says nothing (LocalStack's record, test_lambda_api.snapshot.json, test_code_signing_not_found_excs). */
  GetFunctionCodeSigningConfig: operation({
    route: 'GET /2020-06-30/functions/{FunctionName}/code-signing-config',
    input: FUNCTION,
    output: { CodeSigningConfigArn: text(), FunctionName: text() },
    needs: functionArn,
    handle(input, context) {
      functionOf(input, context);
      return {};
    },
  }),
};
