import { createHash } from 'node:crypto';
import type { Page } from '../gateway/routes.ts';
import type { FunctionModel, Stack } from '../template/model.ts';
import { type NextStep, stepLines, stepsAt, usualSteps } from './next-steps.ts';

/** Beside the system's own colours, light or dark. */
const STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
code,pre{font:.9rem/1.5 ui-monospace,monospace}
pre{overflow-x:auto;padding:.75rem;border:1px solid #8886;border-radius:.25rem}`;

/** It runs no script, loads nothing, and stands in no frame; who could put text into a name gets no further. */
const HEADERS = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${sha256(STYLE)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src data:`,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** The page that a browser shows at the port: what this is, what runs, and what to type next. */
export function homePage({
  stack: { name, place },
  functions,
  services,
  endpoint,
  steps,
  folder,
}: {
  stack: Stack;
  functions: readonly FunctionModel[];
  services: readonly string[];
  endpoint: string;
  /** Commands that the project would have people try; where it says nothing, a call of its first function. */
  steps: readonly NextStep[];
  /** The project's. */
  folder: string;
}): Page {
  const usual = steps.length > 0 ? undefined : usualSteps(functions, folder);
  const next = stepsAt(endpoint, usual?.steps ?? steps, usual?.withTools);
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    headers: HEADERS,
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${text(name)} on this machine</title>
<style>${STYLE}</style>
<h1>${text(name)} on this machine</h1>
<p>This is no web site: the port answers calls as AWS does, for the stack <b>${text(name)}</b> in ${text(place.region)}, account ${text(place.accountId)}. Everything behind it runs on this machine, and nothing reaches AWS.</p>
<h2>What to type next</h2>
<p>In the project's folder:</p>
<pre>${stepLines(next).map(text).join('\n')}</pre>
<p>After the line with <code>eval</code> AWS's SDKs and tools in that terminal call this port. More is in the project's <code>README.md</code> and <code>docs</code>; what runs under which name is at <a href="/_loop/stack">/_loop/stack</a>. The <a href="/_loop/">console</a> shows all that happens; by the address that the terminal printed it may change something, too.</p>
<h2>What runs</h2>
${listOf(functions.map(({ logicalId }) => logicalId)) || '<p>No function yet.</p>'}
<h2>What is answered</h2>
<p>${services.map(text).join(', ')}.</p>
</html>
`,
  };
}

function listOf(names: string[]): string {
  return names.length === 0
    ? ''
    : `<ul>${names.map((name) => `<li><code>${text(name)}</code>`).join('')}</ul>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function text(raw: string): string {
  return raw.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function sha256(style: string): string {
  return createHash('sha256').update(style).digest('base64');
}
