import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Place } from '../aws/arn.ts';
import { isObject, type JsonObject } from '../aws/json-object.ts';

/**
 * The account and Region that the CDK has made a template for, as the manifest of its output folder tells them. Permissions in
 * the template name them, so that a stack elsewhere would not work. Empty for a template of another kind, and for a stack that
 * may be anywhere (AWS CDK API reference, "ArtifactManifest", `environment`: `aws://account/region`).
 */
export function cdkEnvironmentOf(templatePath: string): Partial<Pick<Place, 'accountId' | 'region'>> {
  const environment = artifactsBeside(templatePath).find(
    ({ properties }) => isObject(properties) && properties.templateFile === path.basename(templatePath),
  )?.environment;
  const [, accountId, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  return {
    ...(accountId && /^\d{12}$/.test(accountId) && { accountId }),
    ...(region && region !== 'unknown-region' && { region }),
  };
}

function artifactsBeside(templatePath: string): JsonObject[] {
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(path.join(path.dirname(templatePath), 'manifest.json'), 'utf8'),
    );
    if (!isObject(manifest) || !isObject(manifest.artifacts)) return [];
    return Object.values(manifest.artifacts).filter(isObject);
  } catch {
    // No manifest, or another program's.
    return [];
  }
}
