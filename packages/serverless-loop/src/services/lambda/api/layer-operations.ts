import { randomUUID } from 'node:crypto';
import { blob, integer, list, oneOf, required, structure, text, type Written } from '../../../aws/members.ts';
import type { LayerVersion } from '../layers.ts';
import { codeOf } from './code-operations.ts';
import { type LambdaContext, operation } from './context.ts';
import {
  LAYER_NAME,
  NAMED_VERSION,
  nameOf,
  nothingThere,
  ofLayer,
  ofVersion,
  refuseNoNumber,
  versionOf,
} from './found-layer.ts';
import { listPage, SHORT_PAGE_INPUT } from './list-page.ts';
import { DESCRIPTION, IN_S3 } from './shapes.ts';

const ARCHITECTURES = ['x86_64', 'arm64'] as const;

const SUMMARY = {
  LayerVersionArn: text(),
  Version: integer(),
  Description: text(),
  CreatedDate: text(),
  CompatibleRuntimes: list(text()),
  CompatibleArchitectures: list(text()),
  LicenseInfo: text(),
} as const;

const VERSION = {
  ...SUMMARY,
  LayerArn: text(),
  Content: structure({ Location: text(), CodeSha256: text(), CodeSize: integer() }),
} as const;

const COMPATIBLE = {
  CompatibleRuntime: text({ at: 'query' }),
  CompatibleArchitecture: oneOf(ARCHITECTURES, { at: 'query' }),
} as const;

/** Layers that calls publish. The refusals are worded as in LocalStack's record, test_lambda_api.snapshot.json, test_layer_exceptions. */
export const LAYER_OPERATIONS = {
  PublishLayerVersion: operation({
    route: 'POST /2018-10-31/layers/{LayerName}/versions',
    status: 201,
    input: {
      LayerName: LAYER_NAME,
      Description: DESCRIPTION,
      Content: required(structure({ ...IN_S3, ZipFile: blob() })),
      CompatibleRuntimes: list(text(), { max: 15 }),
      LicenseInfo: text({ max: 512 }),
      CompatibleArchitectures: list(oneOf(ARCHITECTURES), { max: 2 }),
    },
    output: VERSION,
    needs: ofLayer,
    async handle(input, context) {
      const { LicenseInfo: license } = input;
      const made = context.layers.publish({
        layerName: nameOf(input.LayerName),
        code: await codeOf(input.Content, context),
        description: input.Description ?? '',
        runtimes: input.CompatibleRuntimes ?? [],
        architectures: input.CompatibleArchitectures ?? [],
        ...(license !== undefined && { license }),
        createdAt: context.now(),
        policy: [],
        revisionId: randomUUID(),
      });
      return describe(made, context);
    },
  }),

  GetLayerVersion: operation({
    route: 'GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}',
    input: NAMED_VERSION,
    output: VERSION,
    needs: ofVersion,
    handle: (input, context) => describe(versionOf(input, context), context),
  }),

  GetLayerVersionByArn: operation({
    route: 'GET /2018-10-31/layers?find=LayerVersion',
    action: 'GetLayerVersion',
    input: {
      Arn: required(
        text({
          at: 'query',
          min: 1,
          max: 140,
          pattern:
            '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)',
        }),
      ),
    },
    output: VERSION,
    needs: ({ Arn = '*' }) => [Arn],
    handle({ Arn }, context) {
      const found = context.layers.byArn(Arn);
      if (!found) throw nothingThere();
      return describe(found, context);
    },
  }),

  ListLayers: operation({
    route: 'GET /2018-10-31/layers',
    input: { ...COMPATIBLE, ...SHORT_PAGE_INPUT },
    output: {
      Layers: list(
        structure({ LayerName: text(), LayerArn: text(), LatestMatchingVersion: structure(SUMMARY) }),
      ),
      NextMarker: text(),
    },
    needs: () => ['*'],
    handle(input, { layers }) {
      const wanted = layers.latest().filter((each) => isCompatible(each, input));
      const { items, nextToken } = listPage(wanted, 'layers', input, ({ layerName }) => layerName);
      return {
        Layers: items.map((each) => ({
          LayerName: each.layerName,
          LayerArn: each.layerArn,
          LatestMatchingVersion: summarize(each),
        })),
        NextMarker: nextToken,
      };
    },
  }),

  ListLayerVersions: operation({
    route: 'GET /2018-10-31/layers/{LayerName}/versions',
    input: { LayerName: LAYER_NAME, ...COMPATIBLE, ...SHORT_PAGE_INPUT },
    output: { LayerVersions: list(structure(SUMMARY)), NextMarker: text() },
    needs: () => ['*'],
    handle(input, { layers }) {
      const wanted = layers.versionsOf(input.LayerName).filter((each) => isCompatible(each, input));
      const { items, nextToken } = listPage(wanted, `versions of ${input.LayerName}`, input);
      return { LayerVersions: items.map(summarize), NextMarker: nextToken };
    },
  }),

  /** Functions that have it keep it. */
  DeleteLayerVersion: operation({
    route: 'DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}',
    status: 204,
    input: NAMED_VERSION,
    needs: ofVersion,
    handle(input, { layers }) {
      refuseNoNumber(input.VersionNumber);
      const found = layers.versionsOf(input.LayerName).find(({ version }) => version === input.VersionNumber);
      if (found) layers.remove(found);
      return {};
    },
  }),
};

function isCompatible(
  { runtimes, architectures }: LayerVersion,
  {
    CompatibleRuntime,
    CompatibleArchitecture,
  }: { CompatibleRuntime?: string; CompatibleArchitecture?: string },
): boolean {
  return (
    (CompatibleRuntime === undefined || runtimes.includes(CompatibleRuntime)) &&
    (CompatibleArchitecture === undefined || architectures.includes(CompatibleArchitecture))
  );
}

function summarize(layer: LayerVersion): Written<typeof SUMMARY> {
  return {
    LayerVersionArn: layer.arn,
    Version: layer.version,
    Description: layer.description,
    CreatedDate: new Date(layer.createdAt).toISOString().replace('Z', '+0000'),
    CompatibleRuntimes: layer.runtimes,
    CompatibleArchitectures: layer.architectures,
    LicenseInfo: layer.license,
  };
}

function describe(layer: LayerVersion, { deployment }: LambdaContext): Written<typeof VERSION> {
  const { sha256Base64: CodeSha256, sizeBytes: CodeSize } = layer.code;
  const Location = deployment.code?.urlOf(layer.code);
  return { ...summarize(layer), LayerArn: layer.layerArn, Content: { Location, CodeSha256, CodeSize } };
}
