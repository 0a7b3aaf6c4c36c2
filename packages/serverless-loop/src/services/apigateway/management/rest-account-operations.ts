import type { JsonObject } from '../../../aws/json-object.ts';
import { integer, list, type Members, number, structure, text } from '../../../aws/members.ts';
import { type ManagementContext, needsOf, operation } from './context.ts';
import { PATCH_OPERATIONS, patched, patchesOf } from './patch.ts';

const ACCOUNT: Members = {
  cloudwatchRoleArn: text(),
  throttleSettings: structure({ burstLimit: integer(), rateLimit: number() }),
  features: list(text()),
  apiKeyVersion: text(),
};
/** Of an account whose quotas nobody had raised (API Gateway guide, "Amazon API Gateway quotas"). */
const THROTTLE = { burstLimit: 5_000, rateLimit: 10_000 } as const;

/** The account's role for logs; its limits. */
export const ACCOUNT_OPERATIONS = {
  GetAccount: operation({
    route: 'GET /account',
    input: {},
    output: ACCOUNT,
    needs: needsOf('GET /account'),
    handle: (_input, context) => account(context),
  }),
  UpdateAccount: operation({
    route: 'PATCH /account',
    input: { patchOperations: PATCH_OPERATIONS },
    output: ACCOUNT,
    needs: needsOf('PATCH /account'),
    handle(input, context) {
      context.account = patched(
        context.account,
        { cloudwatchRoleArn: text() },
        patchesOf(input.patchOperations),
      );
      return account(context);
    },
  }),
};

function account({ account: settings }: ManagementContext): JsonObject {
  return { throttleSettings: THROTTLE, features: ['UsagePlans'], apiKeyVersion: '4', ...settings };
}
