import type { MappingModel } from './domain-model.ts';

/** The mapping that takes a path, with what is left of the path for the API. */
export interface ChosenMapping {
  mapping: MappingModel;
  /** Begins with a slash. */
  path: string;
}

/**
 * The mapping of a domain with the longest base path that a path begins with, or the one without a base path. A domain with a mapping
 * of several levels compares letters, so that `orders` takes `/ordersandmore`, too; one of single levels alone compares the path's
 * first part (API Gateway guide, "Use API mappings to connect API stages to a custom domain name for REST APIs").
 */
export function mappingFor(mappings: readonly MappingModel[], path: string): ChosenMapping | undefined {
  const inner = path.replace(/^\/+/, '');
  const hasLevels = mappings.some(({ basePath }) => basePath.includes('/'));
  const takes = ({ basePath }: MappingModel): boolean =>
    basePath === '' ||
    (inner.startsWith(basePath) && (hasLevels || /^(?:\/|$)/.test(inner.slice(basePath.length))));
  const [mapping] = mappings
    .filter(takes)
    .toSorted((one, other) => other.basePath.length - one.basePath.length);
  if (!mapping) return undefined;
  return { mapping, path: `/${inner.slice(mapping.basePath.length).replace(/^\/+/, '')}` };
}
