import type { HasDomain } from '../../../aws/api-address.ts';
import type { DomainModel, MappingModel } from './domain-model.ts';
import { type ChosenMapping, mappingFor } from './mapping-choice.ts';

/** Custom domains and their mappings, of stacks and of calls. */
export interface ApiDomains {
  has(name: string): boolean;
  find(name: string): DomainModel | undefined;
  list(): DomainModel[];
  put(domain: DomainModel): void;
  /** With its mappings. */
  remove(name: string): void;
  mappings: {
    has(id: string): boolean;
    /** Those of a domain, or all. */
    list(domainName?: string): MappingModel[];
    put(mapping: MappingModel): void;
    remove(id: string): void;
  };
  /** Tells a host that is a domain's; undefined while there are none. */
  hosts(): HasDomain | undefined;
  /** The mappings that a host has, and the one of them that takes a path. */
  choose(host: string, path: string): { mappings: MappingModel[]; chosen: ChosenMapping | undefined };
}

export function apiDomains(
  givenDomains: readonly DomainModel[],
  givenMappings: readonly MappingModel[],
): ApiDomains {
  const domains = new Map(givenDomains.map((domain) => [domain.name.toLowerCase(), domain]));
  const mappings = new Map(givenMappings.map((mapping) => [mapping.name, mapping]));

  /** A domain itself goes before the wildcard that covers it (API Gateway guide, "Custom domain names for HTTP APIs", "Wildcard custom domain names"). */
  function ofHost(host: string): DomainModel | undefined {
    return domains.get(host) ?? domains.get(host.replace(/^[^.]+/, '*'));
  }

  const hasHost: HasDomain = (host) => ofHost(host) !== undefined;

  function listed(domainName?: string): MappingModel[] {
    const all = [...mappings.values()];
    if (domainName === undefined) return all;
    const name = domainName.toLowerCase();
    return all.filter((mapping) => mapping.domainName.toLowerCase() === name);
  }

  return {
    has: (name) => domains.has(name.toLowerCase()),
    find: (name) => domains.get(name.toLowerCase()),
    list: () => [...domains.values()],
    put: (domain) => void domains.set(domain.name.toLowerCase(), domain),
    remove(name) {
      domains.delete(name.toLowerCase());
      for (const mapping of listed(name)) mappings.delete(mapping.name);
    },
    mappings: {
      has: (id) => mappings.has(id),
      list: listed,
      put: (mapping) => void mappings.set(mapping.name, mapping),
      remove: (id) => void mappings.delete(id),
    },
    hosts: () => (domains.size === 0 ? undefined : hasHost),
    choose(host, path) {
      const domain = ofHost(host);
      const own = domain ? listed(domain.name) : [];
      return { mappings: own, chosen: mappingFor(own, path) };
    },
  };
}
