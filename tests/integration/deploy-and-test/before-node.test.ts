import { existsSync } from 'node:fs';
import path from 'node:path';
import { sampleOf } from 'serverless-loop/tests';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fakeCheckout } from './checkout.ts';
import { runScript, startScript } from './script.ts';

const HELP = { args: ['--help'] };

function checkoutOfTest(options?: { isBare: boolean }) {
  const checkout = fakeCheckout(options);
  onTestFinished(() => checkout.dispose());
  return checkout;
}

describe.each(sampleOf(['deploy-and-test.sh', 'deploy-and-test-cd.sh'], 1))('%s before Node', (file) => {
  test.each(sampleOf(['npm', 'node'], 1))('without %s says what to install', async (tool) => {
    const checkout = checkoutOfTest({ isBare: true });
    checkout.remove(`bin/${tool}`);
    const { status, said } = await runScript(checkout, file, HELP);
    expect(said).toMatch(/^Node and npm were not found on the PATH. Install Node 20.19 or newer.*https:\/\//);
    expect(status).toBe(10);
  });

  test('with an old Node says which is needed', async () => {
    const checkout = checkoutOfTest({ isBare: true });
    checkout.write('bin/node', '#!/bin/sh\ncase $1 in --version) echo v18.20.0;; *) exit 1;; esac\n');
    const { status, said } = await runScript(checkout, file, HELP);
    expect(said).toMatch(/^Node v18.20.0 is too old, 20.19 or newer is needed/);
    expect(status).toBe(10);
  });

  test('installs nothing that is there', async () => {
    const script = startScript(checkoutOfTest(), file, HELP);
    expect((await script.ended).status).toBe(0);
    expect(script.calls()).toEqual([]);
  });

  test.each(
    sampleOf(
      [
        ['node_modules is missing', ''],
        ['an install did not end', '/.package-lock.json'],
      ],
      1,
    ),
  )('runs npm ci when %s, and says when that fails', async (_name, missing) => {
    const checkout = checkoutOfTest({ isBare: true });
    checkout.remove(`node_modules${missing}`);
    checkout.write('bin/npm', '#!/bin/sh\necho "npm error network"; exit 1\n');
    const { status, said } = await runScript(checkout, file, HELP);
    expect(said).toContain('npm ci\nnpm error network\nnpm ci failed');
    expect(status).toBe(12);
  });

  test('runs npm ci in the checkout when the lock file is newer', async () => {
    const checkout = checkoutOfTest();
    checkout.touchLock();
    checkout.write('bin/npm', '#!/bin/sh\necho "$@" >npm-was-here\n');
    const { status, said } = await runScript(checkout, file, HELP);
    expect(said).toContain('usage: ');
    expect(existsSync(path.join(checkout.root, 'npm-was-here'))).toBe(true);
    expect(status).toBe(0);
  });

  test('says so when npm ci brought no Node', async () => {
    const checkout = checkoutOfTest({ isBare: true });
    checkout.remove('node_modules/.bin/node');
    const { status, said } = await runScript(checkout, file, HELP);
    expect(said).toContain('run npm run prepare');
    expect(status).toBe(12);
  });
});
