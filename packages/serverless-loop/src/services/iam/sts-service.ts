import { type Place, parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { Call, Caller, JsonObject } from '../../aws/operation.ts';
import type { QueryService } from '../../aws/query-service.ts';
import { roleIdOf } from '../../aws/role-id.ts';
import { shown } from '../../aws/shown.ts';
import type { RoleModel } from '../../template/model.ts';
import { denial } from './denial.ts';
import { requiredText, validationError } from './iam-errors.ts';
import { type Credentials, newCredentials, type RoleSession } from './role-sessions.ts';

export interface StsOptions {
  place: Place;
  /** The session that the caller's key stands for, if it is a role's. */
  sessionOf(caller: Caller): RoleSession | undefined;
  roleByArn(arn: string): RoleModel | undefined;
  assume(session: RoleSession): Credentials;
  /** Whether a role's trust policy lets the other role in. */
  trusts(role: RoleModel, callerRoleArn: string): boolean;
}

/** AWS STS: who calls, and credentials for roles. */
export function stsService(options: StsOptions): QueryService {
  return {
    signingName: 'sts',
    version: '2011-06-15',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: {
      // Nobody needs a right to know who they are (STS API reference, "GetCallerIdentity").
      GetCallerIdentity: { handle: (_input, { caller }) => identityOf(caller, options), needs: () => [] },
      AssumeRole: {
        handle: (input, call) => assumeRole(input, call, options),
        needs: ({ RoleArn }) => [{ action: 'sts:AssumeRole', resource: shown(RoleArn) }],
      },
      GetSessionToken: {
        handle: (input, { caller }) => sessionToken(input, caller),
        needs: () => [],
      },
    },
  };
}

function identityOf(caller: Caller, { place, sessionOf }: StsOptions): JsonObject {
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

function assumeRole(input: JsonObject, { caller }: Call, options: StsOptions): JsonObject {
  const arn = lengthIn(requiredText(input, 'RoleArn'), 'RoleArn', 20, 2048);
  const name = lengthIn(requiredText(input, 'RoleSessionName'), 'RoleSessionName', 2, 64);
  if (!/^[\w+=,.@-]*$/.test(name))
    throw validationError(
      `'${name}'`,
      'RoleSessionName',
      'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  if (!parseArn(arn)?.resource) throw new AwsError('ValidationError', `${arn} is invalid`);
  const seconds = durationOf(input, 3600, 900, 43_200);
  const role = options.roleByArn(arn);
  // The developer may do all; a role only what the other one's trust policy says, too.
  if (!role || (caller.roleArn !== undefined && !options.trusts(role, caller.roleArn))) {
    throw denial({
      service: 'sts',
      caller: String(identityOf(caller, options).Arn),
      action: 'sts:AssumeRole',
      resource: arn,
      decision: 'ImplicitDeny',
    });
  }
  const session = { role, name };
  const { UserId: AssumedRoleId, Arn } = assumedRole(session, options.place);
  return {
    Credentials: described(options.assume(session), seconds),
    AssumedRoleUser: { AssumedRoleId, Arn },
  };
}

function lengthIn(text: string, member: string, least: number, most: number): string {
  if (text.length < least)
    throw validationError(`'${text}'`, member, `Member must have length greater than or equal to ${least}`);
  if (text.length > most)
    throw validationError(`'${text}'`, member, `Member must have length less than or equal to ${most}`);
  return text;
}

function sessionToken(input: JsonObject, caller: Caller): JsonObject {
  if (caller.roleArn !== undefined)
    throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', {
      status: 403,
    });
  return { Credentials: described(newCredentials(), durationOf(input, 43_200, 900, 129_600)) };
}

function durationOf(
  { DurationSeconds: given }: JsonObject,
  usual: number,
  least: number,
  most: number,
): number {
  if (given === undefined) return usual;
  const seconds = Number(shown(given));
  if (!Number.isInteger(seconds) || seconds < least)
    throw validationError(
      `'${shown(given)}'`,
      'DurationSeconds',
      `Member must have value greater than or equal to ${least}`,
    );
  if (seconds > most)
    throw validationError(
      `'${shown(given)}'`,
      'DurationSeconds',
      `Member must have value less than or equal to ${most}`,
    );
  return seconds;
}

function described(credentials: Credentials, seconds: number): JsonObject {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: new Date(Date.now() + seconds * 1000),
  };
}
