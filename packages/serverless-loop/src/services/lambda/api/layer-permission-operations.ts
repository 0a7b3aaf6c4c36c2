import { randomUUID } from 'node:crypto';
import { required, text } from '../../../aws/members.ts';
import { renderPolicyDocument, renderStatement } from '../../../aws/policy-document.ts';
import type { LayerVersion } from '../layers.ts';
import { notFound } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { NAMED_VERSION, ofVersion } from './found-layer.ts';
import { conflict, refuseOldRevision } from './function-errors.ts';

const POLICY = '/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy';

/** Permissions of layer versions. */
export const LAYER_PERMISSION_OPERATIONS = {
  GetLayerVersionPolicy: operation({
    route: `GET ${POLICY}`,
    input: NAMED_VERSION,
    output: { Policy: text(), RevisionId: text() },
    needs: ofVersion,
    handle(input, context) {
      const { policy, revisionId } = versionWithPolicy(input, context);
      if (policy.length === 0) throw notFound('No policy is associated with the given resource.');
      return { Policy: renderPolicyDocument(policy), RevisionId: revisionId };
    },
  }),
  /** Kept and shown: all here are of one account. */
  AddLayerVersionPermission: operation({
    route: `POST ${POLICY}`,
    status: 201,
    input: {
      ...NAMED_VERSION,
      StatementId: required(text({ min: 1, max: 100, pattern: '([a-zA-Z0-9-_]+)' })),
      Action: required(text({ max: 22, pattern: 'lambda:GetLayerVersion' })),
      Principal: required(text({ pattern: '\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root' })),
      OrganizationId: text({ max: 34, pattern: 'o-[a-z0-9]{10,32}' }),
      RevisionId: text({ at: 'query' }),
    },
    output: { Statement: text(), RevisionId: text() },
    needs: ofVersion,
    handle(input, context) {
      const layer = versionWithPolicy(input, context);
      const { StatementId: sid, Action, Principal, OrganizationId } = input;
      refuseOldRevision(input.RevisionId, layer.revisionId, 'GetLayerPolicy');
      if (layer.policy.some((own) => own.sid === sid))
        throw conflict(
          `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      const statement = {
        sid,
        effect: 'Allow' as const,
        principals: { AWS: [Principal] },
        actions: [Action],
        resources: [layer.arn],
        ...(OrganizationId !== undefined && {
          conditions: { StringEquals: { 'aws:PrincipalOrgID': [OrganizationId] } },
        }),
      };
      layer.policy.push(statement);
      layer.revisionId = randomUUID();
      return { Statement: JSON.stringify(renderStatement(statement)), RevisionId: layer.revisionId };
    },
  }),
  RemoveLayerVersionPermission: operation({
    route: `DELETE ${POLICY}/{StatementId}`,
    status: 204,
    input: {
      ...NAMED_VERSION,
      StatementId: required(text({ at: 'path', min: 1, max: 100, pattern: '([a-zA-Z0-9-_]+)' })),
      RevisionId: text({ at: 'query' }),
    },
    needs: ofVersion,
    handle(input, context) {
      const layer = versionWithPolicy(input, context);
      refuseOldRevision(input.RevisionId, layer.revisionId, 'GetLayerPolicy');
      const kept = layer.policy.filter(({ sid }) => sid !== input.StatementId);
      if (kept.length === layer.policy.length)
        throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
      layer.policy = kept;
      layer.revisionId = randomUUID();
      return {};
    },
  }),
};

function versionWithPolicy(
  { LayerName, VersionNumber }: { LayerName: string; VersionNumber: number },
  context: LambdaContext,
): LayerVersion {
  const found = context.layers.versionsOf(LayerName).find(({ version }) => version === VersionNumber);
  if (found) return found;
  const [arn] = ofVersion({ LayerName, VersionNumber }, context);
  throw notFound(`Layer version ${arn} does not exist.`);
}
