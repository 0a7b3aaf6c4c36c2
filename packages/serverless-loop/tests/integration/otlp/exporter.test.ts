import { describe, expect, onTestFinished, test } from 'vitest';
import type { Fact } from '../../../src/facts.ts';
import { startOtlpExporter } from '../../../src/otlp/exporter.ts';
import { id, place, segment, subsegment } from '../../unit/xray/documents.ts';
import { startCollector } from './collector.ts';

function exporterTo(url: string) {
  const facts: Fact[] = [];
  const exporter = startOtlpExporter({
    url,
    place,
    stackName: 'depot',
    report: (fact) => facts.push(fact),
    gatherMs: 10,
  });
  onTestFinished(() => exporter.stop());
  return { ...exporter, facts, give: (document: object) => exporter.take(JSON.stringify(document)) };
}

describe('spans on their way to a collector', () => {
  test('go to /v1/traces as JSON, or to the path that the URL has', async () => {
    const collector = await startCollector();
    exporterTo(collector.url).give(segment());
    await expect
      .poll(() => collector.requests)
      .toEqual([{ path: '/v1/traces', contentType: 'application/json', status: 200 }]);
    exporterTo(`${collector.url}/otlp?key=1`).give(segment());
    await expect.poll(() => collector.requests[1]?.path).toBe('/otlp?key=1');
  });

  test('are of the service whose segment they belong to, which comes after them', async () => {
    const collector = await startCollector();
    const { give } = exporterTo(collector.url);
    give(subsegment({ id: id('c'), name: 'crease', parent_id: id('b') }));
    give(subsegment());
    give(segment({ id: id('f'), name: 'other' }));
    await expect.poll(() => collector.spans.map(({ name }) => name)).toEqual(['other']);
    give(segment());
    await expect.poll(() => collector.spans.length).toBe(4);
    expect(collector.spans.map(({ name, service }) => [name, service]).sort()).toEqual([
      ['crease', 'packer'],
      ['fold', 'packer'],
      ['other', 'other'],
      ['packer', 'packer'],
    ]);
  });

  test('that come while others are on their way follow them', async () => {
    let isFirst = true;
    const collector = await startCollector(() => {
      if (isFirst) give(segment({ id: id('f'), name: 'later' }));
      isFirst = false;
      return { status: 200 };
    });
    const { give } = exporterTo(collector.url);
    give(segment());
    await expect.poll(() => collector.spans.map(({ name }) => name)).toEqual(['packer', 'later']);
  });

  test('are sent at the end, those too whose segment never came', async () => {
    const collector = await startCollector();
    const { give, stop } = exporterTo(collector.url);
    give(subsegment());
    await stop();
    expect(collector.spans.map(({ name, service }) => [name, service])).toEqual([['fold', 'depot']]);
  });

  test('are kept while the collector is not there, and come when it is back; it is told once', async () => {
    let status = 503;
    const collector = await startCollector(() => ({ status, body: '"busy"' }));
    const { give, facts } = exporterTo(collector.url);
    give(segment());
    await expect.poll(() => collector.requests.length).toBeGreaterThan(1);
    give(segment({ id: id('f'), name: 'later' }));
    status = 200;
    await expect.poll(() => collector.spans.map(({ name }) => name)).toEqual(['packer', 'later']);
    expect(facts).toEqual([
      {
        kind: 'spans.notSent',
        url: `${collector.url}/v1/traces`,
        reason: 'the collector answered 503 "busy"',
      },
    ]);
  });

  test('that the collector refuses for good are dropped, and others still come', async () => {
    let status = 400;
    const collector = await startCollector(() => ({ status }));
    const { give, facts } = exporterTo(collector.url);
    give(segment());
    await expect.poll(() => collector.requests.length).toBe(1);
    status = 200;
    give(segment({ id: id('f'), name: 'later' }));
    await expect.poll(() => collector.spans.map(({ name }) => name)).toEqual(['later']);
    expect(facts).toHaveLength(1);
  });

  test('that it says it rejected are told of', async () => {
    const body = '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}';
    const collector = await startCollector(() => ({ status: 200, body }));
    const { give, facts } = exporterTo(collector.url);
    give(segment());
    await expect.poll(() => facts).toMatchObject([{ reason: 'the collector rejected 1 spans: too old' }]);
  });

  test('to nobody harm nobody: what is given is taken, and the end comes', async () => {
    const { give, facts, stop, take } = exporterTo('http://127.0.0.1:1');
    for (let count = 0; count < 20_000; count += 1)
      give(segment({ id: count.toString(16).padStart(16, '0') }));
    for (const odd of ['', '[]', 'null', '{}', '{"trace_id":7}', '{"trace_id":"1-2-3"}']) take(odd);
    await expect
      .poll(() => facts)
      .toMatchObject(
        [{ kind: 'spans.notSent', reason: /no answer from the collector: / }].map((fact) => ({
          ...fact,
          reason: expect.stringMatching(fact.reason),
        })),
      );
    await stop();
  });
});
