import { integer, structure } from '../../../aws/members.ts';
import { functionConfiguration } from './api-configuration.ts';
import { operation } from './context.ts';
import { versionsOf } from './function-operations.ts';

/** Of an account whose quotas nobody had raised (Lambda guide, "Lambda quotas"). */
const LIMITS = {
  TotalCodeSize: 80_530_636_800,
  CodeSizeUnzipped: 262_144_000,
  CodeSizeZipped: 52_428_800,
  ConcurrentExecutions: 1_000,
} as const;

export const ACCOUNT_OPERATIONS = {
  GetAccountSettings: operation({
    route: 'GET /2016-08-19/account-settings',
    input: {},
    output: {
      AccountLimit: structure({
        TotalCodeSize: integer(),
        CodeSizeUnzipped: integer(),
        CodeSizeZipped: integer(),
        ConcurrentExecutions: integer(),
        UnreservedConcurrentExecutions: integer(),
      }),
      AccountUsage: structure({ TotalCodeSize: integer(), FunctionCount: integer() }),
    },
    needs: () => ['*'],
    handle(_input, { list: functions, deployment }) {
      const reserved = functions().reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
      // Each version's code counts (Lambda guide, "Lambda quotas").
      const sizes = functions()
        .flatMap(versionsOf)
        .map((called) => functionConfiguration(called, deployment).CodeSize ?? 0);
      return {
        AccountLimit: {
          ...LIMITS,
          UnreservedConcurrentExecutions: LIMITS.ConcurrentExecutions - reserved,
        },
        AccountUsage: {
          TotalCodeSize: sizes.reduce((sum, size) => sum + size, 0),
          FunctionCount: functions().length,
        },
      };
    },
  }),
};
