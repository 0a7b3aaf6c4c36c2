import type { Place } from '../aws/arn.ts';
import type { Report } from '../facts.ts';
import { startXRay, type XRay } from '../services/xray/xray.ts';

export interface TracesOptions {
  place: Place;
  stackName: string;
  report: Report;
  /** A collector that gets every span by OTLP/HTTP, too. */
  otlpUrl?: string;
}

/** X-Ray, and before it the exporter to a collector where one is asked for: it is not even loaded otherwise. */
export async function startTraces({ otlpUrl, ...options }: TracesOptions): Promise<XRay> {
  if (otlpUrl === undefined) return await startXRay(options);
  const { startOtlpExporter } = await import('../otlp/exporter.ts');
  const exporter = startOtlpExporter({ ...options, url: otlpUrl });
  const xray = await startXRay({ ...options, onDocument: exporter.take });
  return {
    ...xray,
    async stop() {
      await xray.stop();
      await exporter.stop();
    },
  };
}
