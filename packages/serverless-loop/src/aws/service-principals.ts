/** The principals by which policies may name a service that comes with either: the global one, and that of the Region. */
export function servicePrincipals(
  service: 'logs' | 'states',
  region: string,
): [global: string, regional: string] {
  return [`${service}.amazonaws.com`, `${service}.${region}.amazonaws.com`];
}
