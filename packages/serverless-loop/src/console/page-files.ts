import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '../gateway/routes.ts';

/** The folder that the console is served from. */
const CONSOLE_PATH = '/_loop/';

/**
 * The page runs its own script alone and speaks to its own port alone; text never becomes markup, which Chromium holds it to by
 * `require-trusted-types-for` (W3C, "Trusted Types"), whatever an event or an item has in it.
 */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Its name has the hash of its content, as esbuild writes it: another content has another name. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

/** Serves the page's files, as the build has left them in a folder. Undefined for a path that is none of theirs. */
export function pageFiles(folder: string): (path: string) => Page | undefined {
  const kept = new Map<string, Page>();
  return (requested) => {
    if (!requested.startsWith(CONSOLE_PATH)) return undefined;
    const name = requested.slice(CONSOLE_PATH.length) || 'index.html';
    const known = kept.get(name);
    if (known) return known;
    // By the names in the folder, so that no path leads out of it.
    const page = filesIn(folder).includes(name) ? pageOf(folder, name) : undefined;
    if (page && HASHED.test(name)) kept.set(name, page);
    return page ?? (name === 'index.html' ? notBuilt() : undefined);
  };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function pageOf(folder: string, name: string): Page | undefined {
  const contentType = TYPES[path.extname(name)];
  if (contentType === undefined) return undefined;
  return {
    status: 200,
    contentType,
    headers: {
      ...HEADERS,
      'Cache-Control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-store',
    },
    body: readFileSync(path.join(folder, name), 'utf8'),
  };
}

/** In a repository whose packages were installed without their scripts. */
function notBuilt(): Page {
  return {
    status: 503,
    contentType: 'text/plain; charset=utf-8',
    headers: { ...HEADERS, 'Cache-Control': 'no-store' },
    body: 'The console is not built: `node build.mjs` in the folder of the package serverless-loop makes it, and then it is here. Its API answers all the same, as docs/console-api.md of that package says.\n',
  };
}
