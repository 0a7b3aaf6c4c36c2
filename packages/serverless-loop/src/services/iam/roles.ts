import type { RoleModel } from '../../template/model.ts';

export interface KnownRole {
  role: RoleModel;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** The roles of the loop, by ARN. */
export function roleTable(roles: readonly RoleModel[]) {
  const byArn = new Map<string, KnownRole>();
  const put = (role: RoleModel): void => {
    byArn.set(role.arn, { role, createdAt: byArn.get(role.arn)?.createdAt ?? Date.now() });
  };
  for (const role of roles) put(role);
  return {
    put,
    remove: (role: RoleModel): void => void byArn.delete(role.arn),
    byArn: (arn: string): RoleModel | undefined => byArn.get(arn)?.role,
    byName: (name: string): KnownRole | undefined =>
      [...byArn.values()].find(({ role }) => role.name === name),
    list: (): KnownRole[] => [...byArn.values()],
  };
}
