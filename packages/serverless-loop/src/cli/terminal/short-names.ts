import { parseArn } from '../../aws/arn.ts';

/** Template names for physical names and ARNs. */
export function shortNames(named: { logicalId: string; name: string; arn: string }[]): ShortName {
  const byName = new Map(
    named.flatMap(({ logicalId, name, arn }) => [[name, logicalId] as const, [arn, logicalId] as const]),
  );
  return (nameOrArn) => {
    const exact = byName.get(nameOrArn);
    if (exact) return exact;
    const resource = parseArn(nameOrArn)?.resource;
    if (resource === undefined) return nameOrArn;
    const [name = '', ...qualifier] = resource.replace(/^[a-z-]+[:/]/, '').split(':');
    const logicalId = byName.get(name);
    return logicalId === undefined ? resource : [logicalId, ...qualifier].join(':');
  };
}

/** Turns a physical name or ARN into what the template calls it, where it is one of ours. */
export type ShortName = (nameOrArn: string) => string;
