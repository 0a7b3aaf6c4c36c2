/** Before an API's id, in a path of the loop's own host; what follows it is as at AWS. */
export const API_PATH = '/_aws/execute-api/';
/** The same for the URL of a function. */
export const URL_PATH = '/_aws/lambda-url/';
/** The same for a custom domain of API Gateway. */
export const DOMAIN_PATH = '/_aws/domains/';

/** The API that a request is for, and its path there. */
export interface ApiAddress {
  /** Empty where it is for a custom domain, whose mappings lead to APIs. */
  id: string;
  /** In small letters, as the caller named it. */
  domain?: string;
  /** Undecoded, with its stage; without the query. */
  path: string;
  /** The host that the caller knows it by. */
  host: string;
  /** True where the host is the API's own, and not the loop's. */
  isOwnHost: boolean;
}

/** `<id>.localhost:4580`, and with what AWS puts in between: `<id>.execute-api.eu-west-1.localhost:4580`. */
const OWN_HOST = /^(?<id>[a-z0-9]+)(?:\.(?:execute-api|lambda-url))?(?:\.[a-z0-9-]+)?\.localhost(?::\d+)?$/i;
/** As LocalStack has REST APIs. */
const USER_REQUEST =
  /^\/(?:_aws\/)?restapis\/(?<id>[a-z0-9]+)\/(?<stage>[^/]+)\/_user_request_(?<path>\/.*)?$/;

/** Tells whether a name in small letters is a custom domain's, or one that a wildcard of one covers. */
export type HasDomain = (name: string) => boolean;

/**
 * The API or the custom domain that a request is addressed to, by its own host or by a path of the loop's; undefined for all that is
 * meant for the loop itself. A domain is a host as it stands and with `.localhost` behind it, which needs no DNS.
 */
export function apiAddressOf(host: string, path: string, hasDomain?: HasDomain): ApiAddress | undefined {
  const named = hasDomain && domainIn(host, hasDomain);
  if (named !== undefined) return { id: '', domain: named, path, host, isOwnHost: true };
  const own = OWN_HOST.exec(host)?.groups?.id;
  if (own !== undefined) return { id: own.toLowerCase(), path, host, isOwnHost: true };
  for (const prefix of [API_PATH, URL_PATH])
    if (path.startsWith(prefix)) {
      const { first: id, rest } = split(path, prefix);
      return { id, path: rest, host, isOwnHost: false };
    }
  if (path.startsWith(DOMAIN_PATH)) {
    const { first, rest } = split(path, DOMAIN_PATH);
    return { id: '', domain: first.toLowerCase(), path: rest, host, isOwnHost: false };
  }
  const { id, stage, path: rest = '/' } = USER_REQUEST.exec(path)?.groups ?? {};
  return id === undefined ? undefined : { id, path: `/${stage}${rest}`, host, isOwnHost: false };
}

function domainIn(host: string, hasDomain: HasDomain): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return [name.replace(/\.localhost$/, ''), name].find(hasDomain);
}

function split(path: string, prefix: string): { first: string; rest: string } {
  const [first = ''] = path.slice(prefix.length).split('/', 1);
  return { first, rest: path.slice(prefix.length + first.length) || '/' };
}
