/** Before an API's id, in a path of the loop's own host; what follows it is as at AWS. */
export const API_PATH = '/_aws/execute-api/';
/** The same for the URL of a function. */
export const URL_PATH = '/_aws/lambda-url/';

/** The API that a request is for, and its path there. */
export interface ApiAddress {
  id: string;
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

/**
 * The API that a request is addressed to, by its own host or by a path of the loop's; undefined for all that is meant for the
 * loop itself.
 */
export function apiAddressOf(host: string, path: string): ApiAddress | undefined {
  const own = OWN_HOST.exec(host)?.groups?.id;
  if (own !== undefined) return { id: own.toLowerCase(), path, host, isOwnHost: true };
  for (const prefix of [API_PATH, URL_PATH])
    if (path.startsWith(prefix)) {
      const [id = ''] = path.slice(prefix.length).split('/', 1);
      return { id, path: path.slice(prefix.length + id.length) || '/', host, isOwnHost: false };
    }
  const { id, stage, path: rest = '/' } = USER_REQUEST.exec(path)?.groups ?? {};
  return id === undefined ? undefined : { id, path: `/${stage}${rest}`, host, isOwnHost: false };
}
