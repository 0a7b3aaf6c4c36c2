import { secretArn } from '../../../aws/secret-arn.ts';
import type { ResourceKind } from '../../../template/resource-kind.ts';
import { readSecrets } from './secret.ts';

export const SECRETS_MANAGER_KINDS: readonly ResourceKind[] = [
  {
    type: 'AWS::SecretsManager::Secret',
    nameProperty: 'Name',
    longestName: 512,
    ref: (it) => secretArn(it.place, it.name),
    attributes: { Id: (it) => secretArn(it.place, it.name) },
    replacedBy: [],
    isMain: true,
    leftOut: [['ReplicaRegions', 'accepted', 'there is one Region here']],
    read: readSecrets,
  },
  {
    type: 'AWS::SecretsManager::ResourcePolicy',
    attributes: { Id: (it) => it.name },
    replacedBy: ['SecretId'],
    withoutEffect: 'policies of secrets are not evaluated here',
  },
];
