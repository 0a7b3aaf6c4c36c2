import { type ServiceContract, textIn } from '../contract.ts';

export const SECRETS_MANAGER_CONTRACT: ServiceContract = {
  title: 'Secrets Manager',
  service: 'secretsmanager',
  async good(go) {
    const secret = { SecretId: 'contract' };
    const made = await go('CreateSecret', { Name: 'contract', SecretString: 'a' });
    await go('CreateSecret', { Name: 'contract-other', SecretString: 'a' });
    const first = textIn(made, 'VersionId');
    await go('DescribeSecret', secret);
    const names = { Filters: [{ Key: 'name', Values: ['contract'] }] };
    await go('ListSecrets', names);
    await go('GetSecretValue', secret);
    await go('BatchGetSecretValue', names);
    const { VersionId } = await go('PutSecretValue', { ...secret, SecretString: 'b' });
    await go('ListSecretVersionIds', secret);
    await go('UpdateSecret', { ...secret, Description: 'two' });
    await go('UpdateSecretVersionStage', {
      ...secret,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: first,
      RemoveFromVersionId: VersionId,
    });
    await go('TagResource', { ...secret, Tags: [{ Key: 'a', Value: 'b' }] });
    await go('UntagResource', { ...secret, TagKeys: ['a'] });
    const ResourcePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
      },
    });
    await go('PutResourcePolicy', { ...secret, ResourcePolicy });
    await go('GetResourcePolicy', secret);
    await go('DeleteResourcePolicy', secret);
    await go('GetRandomPassword', { PasswordLength: 8 });
    await go('DeleteSecret', secret);
    await go('RestoreSecret', secret);
  },
  nowhere: { SecretId: 'nowhere' },
  missing: 'ResourceNotFoundException',
  refused: [
    ['CreateSecret', { Name: 'contract', SecretString: 'a' }, 'ResourceExistsException'],
    ['ListSecrets', { MaxResults: 0 }, 'ValidationException'],
    ['BatchGetSecretValue', {}, 'InvalidParameterException'],
    ['GetRandomPassword', { PasswordLength: 5000 }, 'ValidationException'],
  ],
};
