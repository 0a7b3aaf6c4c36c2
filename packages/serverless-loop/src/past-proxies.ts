const PROXY = /^(https?|all)_proxy$/i;

/**
 * Returns variables for an environment that names proxies, so that calls to `hosts` go past them; nothing for one that names
 * none.
 */
export function pastProxies(
  environment: Record<string, string | undefined>,
  hosts: readonly string[],
): Record<string, string> {
  const namesOne = Object.entries(environment).some(([name, value]) => PROXY.test(name) && value);
  return namesOne ? proxyExceptions(environment, hosts) : {};
}

/** Hosts to ask without a proxy, those that were named and `hosts`; in both spellings, as programs read the one or the other. */
export function proxyExceptions(
  environment: Record<string, string | undefined>,
  hosts: readonly string[],
): Record<string, string> {
  const listed = [environment.no_proxy, environment.NO_PROXY].flatMap((list) => list?.split(',') ?? []);
  const named = listed.map((host) => host.trim()).filter((host) => host !== '');
  // A star, alone, is for every host; within a list it is for none.
  const value = named.includes('*') ? '*' : [...new Set([...named, ...hosts])].join(',');
  return { NO_PROXY: value, no_proxy: value };
}
