const PROXY = /^(https?|all)_proxy$/i;

/**
 * What to add to an environment that names proxies, so that calls to `hosts` go past them; nothing for one that names
 * none. In both spellings, since some programs read the one and some the other.
 */
export function pastProxies(
  environment: Record<string, string | undefined>,
  hosts: readonly string[],
): Record<string, string> {
  if (!Object.entries(environment).some(([name, value]) => PROXY.test(name) && value)) return {};
  const listed = [environment.no_proxy, environment.NO_PROXY].flatMap((list) => list?.split(',') ?? []);
  const all = new Set([...listed.map((host) => host.trim()), ...hosts]);
  const value = [...all].filter((host) => host !== '').join(',');
  return { NO_PROXY: value, no_proxy: value };
}
