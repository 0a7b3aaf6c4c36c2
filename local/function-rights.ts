import { AwsError } from './aws/errors.ts';
import type { Iam } from './iam/authorize.ts';
import type { Lambda } from './lambda/functions.ts';

/** Whether AWS may do something in the name of a function's role. A refusal is a fact that IAM tells. */
export function functionRights({
  find,
  authorizeRole,
}: {
  find: Lambda['find'];
  authorizeRole: Iam['authorizeRole'];
}): (functionName: string, action: string, resource: string) => boolean {
  return (functionName, action, resource) => {
    const fn = find(functionName);
    if (!fn) return false;
    try {
      authorizeRole(fn, { action, resource });
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  };
}
