/** Tells whether the loop may call a host: this machine, and what somebody named. */
export function mayCallHost(hostname: string, callableHosts: readonly string[]): boolean {
  const name = hostname.toLowerCase();
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(name) || name.endsWith('.localhost');
  return isLocal || callableHosts.includes(name);
}
