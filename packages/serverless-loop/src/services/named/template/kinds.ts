import { formatArn } from '../../../aws/arn.ts';
import type { Identity } from '../../../template/kind-description.ts';
import { uuidOf } from '../../../template/names.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';

const NAMED: readonly ResourceKind[] = [
  {
    type: 'AWS::KMS::Key',
    ref: uuid,
    attributes: { Arn: (it) => formatArn(it.place, 'kms', `key/${uuid(it)}`), KeyId: uuid },
  },
  {
    type: 'AWS::CodeDeploy::Application',
    nameProperty: 'ApplicationName',
    attributes: {},
    withoutEffect: 'a new version takes over at once here',
  },
  {
    type: 'AWS::CodeDeploy::DeploymentGroup',
    nameProperty: 'DeploymentGroupName',
    attributes: {},
    withoutEffect: 'a new version takes over at once here',
  },
  {
    type: 'AWS::ResourceGroups::Group',
    nameProperty: 'Name',
    attributes: { Arn: (it) => formatArn(it.place, 'resource-groups', `group/${it.name}`) },
    withoutEffect: 'groups are without effect here',
  },
  {
    type: 'AWS::ApplicationInsights::Application',
    nameProperty: 'ResourceGroupName',
    ref: insightsArn,
    attributes: { ApplicationARN: insightsArn },
    withoutEffect: 'insights are not computed here',
  },
  // `cdk bootstrap` makes one in each environment.
  {
    type: 'AWS::ECR::Repository',
    nameProperty: 'RepositoryName',
    attributes: {
      Arn: (it) => formatArn(it.place, 'ecr', `repository/${it.name}`),
      RepositoryUri: (it) => `${it.place.accountId}.dkr.ecr.${it.place.region}.amazonaws.com/${it.name}`,
    },
    withoutEffect: 'container images are not run here, so that none need be kept',
  },
  {
    type: 'AWS::CDK::Metadata',
    ref: uuid,
    attributes: { Id: uuid },
    withoutEffect: 'it only tells AWS which versions of the CDK are in use',
  },
];

/** Kinds of services that nothing emulates but that others often refer to: made-up values let the rest run. */
export const NAMED_KINDS: readonly ResourceKind[] = NAMED.map((kind) => ({
  ...kind,
  hasMoreAttributes: true,
}));

function uuid(it: Identity): string {
  return uuidOf(it.name);
}

function insightsArn(it: Identity): string {
  return formatArn(it.place, 'applicationinsights', `application/resource-group/${it.name}`);
}
