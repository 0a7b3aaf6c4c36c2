import { onlyInMatrix, runCommand, runInProcess } from 'serverless-loop/tests';
import { expect, test } from 'vitest';

onlyInMatrix(() => {
  test('a figure runs, and says what it measured beside its reference', async () => {
    const { status, stdout, stderr } = await runCommand([
      'bench/main.ts',
      '--only',
      'bundle',
      '--quick',
      '--json',
    ]);
    expect(status, stderr).toBe(0);
    const { figures } = JSON.parse(stdout);
    expect(figures).toMatchObject([
      {
        name: 'bundle',
        results: [
          { what: 'cold import', unit: 'ms' },
          { what: 'bytes', unit: 'KB' },
        ],
      },
    ]);
    for (const { measured, reference, ratio, reached } of figures[0].results) {
      expect(measured.median).toBeGreaterThan(0);
      expect(reference.median).toBeGreaterThan(0);
      expect(ratio).toBeCloseTo(measured.median / reference.median, 6);
      expect(reached).toBeTypeOf('boolean');
    }
    expect(figures[0].results[1].reached, 'bytes').toBe(true);
  });
});

test('a figure that is not there is a wrong command line', async () => {
  const { status, stdout, stderr } = await runInProcess(['bench/main.ts', '--only', 'bundle,speed']);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('no figure "speed"; there are start, latency');
});
