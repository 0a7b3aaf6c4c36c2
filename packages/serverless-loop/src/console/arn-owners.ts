import type { Stack } from '../template/model.ts';

/** Finds the resources of a stack that ARNs are about. */
export interface ArnOwners {
  /** The logical id; what is of no stack stays as it is. A version, an alias, a stream and an index are their owner's. */
  ownerOf(arn: string): string;
  /** Logical ids of those that a policy's resource, with its wildcards, is about. */
  matching(pattern: string): string[];
}

export function arnOwners(stack: Stack): ArnOwners {
  const { functions, tables, buses, rules, queues, topics, dataStreams, buckets } = stack;
  const named = [...functions, ...tables, ...buses, ...rules, ...queues, ...topics, ...dataStreams];
  const own = stack.others.map(({ model }) => model);
  const byArn = new Map([
    ...named.map(({ arn, logicalId }): [string, string] => [arn, logicalId]),
    ...buckets.map(({ name, logicalId }): [string, string] => [
      `arn:${stack.place.partition}:s3:::${name}`,
      logicalId,
    ]),
    ...own.flatMap(({ arn, logicalId }): [string, string][] => (arn === undefined ? [] : [[arn, logicalId]])),
    ...[...own, ...stack.alarms].flatMap(({ logicalId }): [string, string][] => {
      const physicalId = stack.resources.find((each) => each.logicalId === logicalId)?.physicalId;
      return physicalId?.startsWith('arn:') ? [[physicalId, logicalId]] : [];
    }),
  ]);
  return {
    ownerOf(arn) {
      const exact = byArn.get(arn);
      if (exact !== undefined) return exact;
      const [, inner] =
        [...byArn].find(([owner]) => arn.startsWith(owner) && /^[:/]/.test(arn.slice(owner.length))) ?? [];
      return inner ?? arn;
    },
    matching(pattern) {
      const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
      // Of `table/boxes/index/*` the table is the owner, of `bucket/*` the bucket.
      const about = new RegExp(`^${source}$`);
      const [own = pattern] = pattern.split(/(?<=:table\/[^/]+)\/|(?<=:::[^/]+)\//);
      return [...byArn].flatMap(([arn, logicalId]) =>
        about.test(arn) || arn === own || own.replace(/:\*$/, '') === arn ? [logicalId] : [],
      );
    },
  };
}
