import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pageFiles } from '../../../src/console/page-files.ts';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'console-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'inner'));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

test('the page is asked for anew each time, and what has a hash in its name is kept for ever', () => {
  const fileAt = pageFiles(folderWith({ 'index.html': '<!doctype html>', 'page-ABCD1234.js': '1' }));
  expect(fileAt('/_loop/')).toMatchObject({
    status: 200,
    contentType: 'text/html; charset=utf-8',
    headers: { 'Cache-Control': 'no-store' },
    body: '<!doctype html>',
  });
  expect(fileAt('/_loop/page-ABCD1234.js')).toMatchObject({
    contentType: 'text/javascript; charset=utf-8',
    headers: { 'Cache-Control': 'public, max-age=31536000, immutable' },
  });
});

test('a page that was built anew is the one that is served', () => {
  const folder = folderWith({ 'index.html': 'old' });
  const fileAt = pageFiles(folder);
  expect(fileAt('/_loop/')?.body).toBe('old');
  writeFileSync(path.join(folder, 'index.html'), 'new');
  expect(fileAt('/_loop/')?.body).toBe('new');
});

/** CSP3, "default-src", "frame-ancestors"; no directive lets an inline script, a style attribute in markup or another host in. */
test('no file runs or loads anything but the console’s own, and none stands in a frame', () => {
  const fileAt = pageFiles(folderWith({ 'index.html': '', 'page-ABCD1234.js': '' }));
  for (const file of ['/_loop/', '/_loop/page-ABCD1234.js']) {
    const policy = fileAt(file)?.headers?.['Content-Security-Policy'] ?? '';
    const directives = Object.fromEntries(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(directives).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'img-src': "'self' data:",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
    expect(fileAt(file)?.headers).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
  }
});

test.each(['../secret.js', 'inner/x.js', 'inner', '..', '.', 'page.wasm', '%2e%2e/secret.js', 'index.html/'])(
  '%s is no file of the page',
  (name) => {
    const folder = folderWith({ 'index.html': '', 'page.wasm': '' });
    writeFileSync(path.join(folder, '../secret.js'), '1');
    onTestFinished(() => rmSync(path.join(folder, '../secret.js')));
    expect(pageFiles(folder)(`/_loop/${name}`)).toBeUndefined();
  },
);

test('a page that was not built says how it is', () => {
  expect(pageFiles('/no/such/folder')('/_loop/')).toMatchObject({
    status: 503,
    contentType: 'text/plain; charset=utf-8',
    body: expect.stringContaining('node build.mjs'),
  });
  expect(pageFiles('/no/such/folder')('/_loop/page-ABCD1234.js')).toBeUndefined();
});
