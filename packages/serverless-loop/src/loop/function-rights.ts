import { AwsError } from '../aws/errors.ts';
import type { Iam, RoleHolder } from '../services/iam/authorize.ts';

/** Rights that AWS uses in the name of functions' roles. */
export interface FunctionRights {
  /** As IAM's own; it makes the function known, which it is before Lambda runs it. */
  credentialsFor: Iam['credentialsFor'];
  /** A refusal is a fact that IAM tells. */
  may(functionName: string, action: string, resource: string): boolean;
}

export function functionRights({
  credentialsFor,
  authorizeRole,
}: Pick<Iam, 'credentialsFor' | 'authorizeRole'>): FunctionRights {
  const holders = new Map<string, RoleHolder>();
  return {
    credentialsFor({ name, role }) {
      holders.set(name, { name, role });
      return credentialsFor({ name, role });
    },
    may(functionName, action, resource) {
      const holder = holders.get(functionName);
      if (!holder) return false;
      try {
        authorizeRole(holder, { action, resource });
        return true;
      } catch (error) {
        if (error instanceof AwsError) return false;
        throw error;
      }
    },
  };
}
