import { randomBytes, randomInt } from 'node:crypto';
import type { RoleModel } from '../../template/model.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** A role as a function, or someone else, has assumed it. */
export interface RoleSession {
  role: RoleModel;
  /** AWS names a function's session after the function. */
  name: string;
}

/** As many sessions as were assumed last are known again; functions' own are known always. */
const MAX_ASSUMED = 1_000;

const KEY_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Hands out credentials, one set a function and role, and knows them again. */
export function startRoleSessions() {
  const credentials = new Map<string, Credentials>();
  const sessions = new Map<string, RoleSession>();
  const assumed = new Map<string, RoleSession>();
  return {
    open(session: RoleSession): Credentials {
      const owner = `${session.name} ${session.role.arn}`;
      const known = credentials.get(owner);
      if (known) return known;
      const fresh = newCredentials();
      credentials.set(owner, fresh);
      sessions.set(fresh.accessKeyId, session);
      return fresh;
    },
    /** New credentials each time, as from AssumeRole. */
    assume(session: RoleSession): Credentials {
      const fresh = newCredentials();
      assumed.set(fresh.accessKeyId, session);
      const [oldest] = assumed.keys();
      if (assumed.size > MAX_ASSUMED && oldest !== undefined) assumed.delete(oldest);
      return fresh;
    },
    find: (accessKeyId: string): RoleSession | undefined =>
      sessions.get(accessKeyId) ?? assumed.get(accessKeyId),
  };
}

/** Temporary keys begin with ASIA, and all are alphanumeric (IAM guide, "Understanding unique ID prefixes"). */
export function newCredentials(): Credentials {
  const letters = Array.from({ length: 16 }, () => KEY_LETTERS[randomInt(KEY_LETTERS.length)]).join('');
  return {
    accessKeyId: `ASIA${letters}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(48).toString('base64'),
  };
}
