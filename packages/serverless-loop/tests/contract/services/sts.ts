import { type ServiceContract, textIn } from '../contract.ts';

export const STS_CONTRACT: ServiceContract = {
  title: 'STS',
  service: 'sts',
  async good(go, other) {
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    });
    const { Role } = await other('iam', 'CreateRole', {
      RoleName: 'contract-assumed',
      AssumeRolePolicyDocument,
    });
    await go('AssumeRole', { RoleArn: textIn(Role, 'Arn'), RoleSessionName: 'contract' });
    await go('GetCallerIdentity');
    await go('GetSessionToken', { DurationSeconds: 900 });
  },
  nowhere: { RoleArn: 'arn:aws:iam::000000000000:role/nowhere' },
  missing: 'AccessDenied',
  refused: [['GetSessionToken', { DurationSeconds: 1 }, 'ValidationError']],
  neverRefused: ['GetCallerIdentity'],
};
