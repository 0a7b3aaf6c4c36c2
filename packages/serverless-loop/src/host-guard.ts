import type { IncomingHttpHeaders } from 'node:http';

/** Returns the reason for refusing a request, or undefined when it may pass. */
export type HostGuard = (headers: IncomingHttpHeaders) => string | undefined;

const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** A browser's values for a request that no page caused, and for one that a page of this very port did (Fetch Metadata, 2.3). */
const OWN_SITES = new Set(['none', 'same-origin']);

/**
 * Lets in only what was addressed to this machine by a local name or one of `moreNames`, and no page of another site:
 * otherwise any web page open in a browser could invoke functions and read tables, by itself or by rebinding its DNS name
 * to 127.0.0.1. An image, a link and a form without data come without `Origin`; of them `Sec-Fetch-Site` tells, which no
 * page can set. Another port of this machine is the same site and yet another's page.
 */
export function hostGuard(port: number, moreNames: readonly string[] = []): HostGuard {
  const names = [...LOCAL_NAMES, ...moreNames.map((name) => name.toLowerCase())];
  const hosts = new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return ({ host = '', origin, 'sec-fetch-site': site = 'none' }) => {
    if (!hosts.has(host) && !hosts.has(host.toLowerCase())) {
      return `This endpoint answers to ${[...hosts].join(', ')} only, not to the host "${host}".`;
    }
    if (origin !== undefined && !origins.has(origin)) {
      return `This endpoint takes no requests from pages of another site (${origin}).`;
    }
    if (origin === undefined && !OWN_SITES.has(String(site))) {
      return `This endpoint takes no requests from pages of another site (Sec-Fetch-Site: ${site}).`;
    }
    return undefined;
  };
}
