import { type Place, parseArn } from '../../aws/arn.ts';
import { queryDialect } from '../../aws/dialect.ts';
import { AwsError } from '../../aws/errors.ts';
import { integer, required, structure, text, timestamp } from '../../aws/members.ts';
import type { Caller } from '../../aws/operation.ts';
import { roleIdOf } from '../../aws/role-id.ts';
import { operationsOf, type ServiceDescription } from '../../aws/service.ts';
import type { RoleModel } from '../../template/model.ts';
import { denial } from './denial.ts';
import { type Credentials, newCredentials, type RoleSession } from './role-sessions.ts';

/** STS's operations work on these. */
export interface StsContext {
  place: Place;
  /** The session that the caller's key stands for, if it is a role's. */
  sessionOf(caller: Caller): RoleSession | undefined;
  roleByArn(arn: string): RoleModel | undefined;
  assume(session: RoleSession): Credentials;
  /** Tells whether a role's trust policy lets the other role in. */
  trusts(role: RoleModel, callerRoleArn: string): boolean;
}

const operation = operationsOf<StsContext>();

const CREDENTIALS = structure({
  AccessKeyId: text(),
  SecretAccessKey: text(),
  SessionToken: text(),
  Expiration: timestamp(),
});

/** AWS STS: who calls, and credentials for roles (STS API reference). */
export const STS: ServiceDescription<StsContext> = {
  title: 'STS',
  signingName: 'sts',
  dialect: queryDialect({ emptyText: 'missing' }),
  query: { version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  operations: {
    GetCallerIdentity: operation({
      input: {},
      output: { UserId: text(), Account: text(), Arn: text() },
      // Nobody needs a right to know who they are.
      needs: () => [],
      handle: (_input, context, { caller }) => identityOf(caller, context),
    }),
    AssumeRole: operation({
      input: {
        RoleArn: required(text({ min: 20, max: 2048 })),
        RoleSessionName: required(text({ min: 2, max: 64, pattern: '[\\w+=,.@-]*' })),
        DurationSeconds: integer({ min: 900, max: 43_200 }),
      },
      output: {
        Credentials: CREDENTIALS,
        AssumedRoleUser: structure({ AssumedRoleId: text(), Arn: text() }),
      },
      needs: ({ RoleArn = '*' }) => [RoleArn],
      handle: ({ RoleArn, RoleSessionName, DurationSeconds }, context, { caller }) => {
        const session = { role: assumableRole(RoleArn, caller, context), name: RoleSessionName };
        const { UserId: AssumedRoleId, Arn } = assumedRole(session, context.place);
        return {
          Credentials: described(context.assume(session), DurationSeconds ?? 3_600),
          AssumedRoleUser: { AssumedRoleId, Arn },
        };
      },
    }),
    GetSessionToken: operation({
      input: {
        DurationSeconds: integer({ min: 900, max: 129_600 }),
        SerialNumber: text({ min: 9, max: 256, pattern: '[\\w+=/:,.@-]*' }),
        TokenCode: text({ min: 6, max: 6, pattern: '[\\d]*' }),
      },
      output: { Credentials: CREDENTIALS },
      needs: () => [],
      handle({ DurationSeconds }, _context, { caller }) {
        if (caller.roleArn !== undefined)
          throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', {
            status: 403,
          });
        return { Credentials: described(newCredentials(), DurationSeconds ?? 43_200) };
      },
    }),
  },
};

function identityOf(caller: Caller, { place, sessionOf }: StsContext) {
  const { partition, accountId } = place;
  const session = sessionOf(caller);
  if (!session)
    return { UserId: accountId, Account: accountId, Arn: `arn:${partition}:iam::${accountId}:root` };
  return { ...assumedRole(session, place), Account: accountId };
}

function assumedRole({ role, name }: RoleSession, { partition, accountId }: Place) {
  return {
    UserId: `${roleIdOf(role.name)}:${name}`,
    Arn: `arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${name}`,
  };
}

/** The developer may assume any role; a role only one whose trust policy lets it, too. */
function assumableRole(arn: string, caller: Caller, context: StsContext): RoleModel {
  if (!parseArn(arn)?.resource) throw new AwsError('ValidationError', `${arn} is invalid`);
  const role = context.roleByArn(arn);
  if (role && (caller.roleArn === undefined || context.trusts(role, caller.roleArn))) return role;
  throw denial({
    service: 'sts',
    caller: identityOf(caller, context).Arn,
    action: 'sts:AssumeRole',
    resource: arn,
    decision: 'ImplicitDeny',
  });
}

function described({ accessKeyId, secretAccessKey, sessionToken }: Credentials, seconds: number) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: Date.now() + seconds * 1_000,
  };
}
