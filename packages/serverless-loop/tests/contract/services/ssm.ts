import type { ServiceContract } from '../contract.ts';

export const SSM_CONTRACT: ServiceContract = {
  title: 'Parameter Store',
  service: 'ssm',
  async good(go) {
    const Name = '/contract/one';
    const parameter = { Name, Value: 'a', Type: 'String' };
    const resource = { ResourceType: 'Parameter', ResourceId: Name };
    await go('PutParameter', parameter);
    await go('PutParameter', { ...parameter, Value: 'b', Overwrite: true });
    await go('PutParameter', { ...parameter, Name: '/contract/two' });
    await go('GetParameter', { Name });
    await go('GetParameters', { Names: [Name, '/contract/nowhere'] });
    await go('GetParametersByPath', { Path: '/contract' });
    await go('GetParameterHistory', { Name });
    await go('DescribeParameters', { ParameterFilters: [{ Key: 'Path', Values: ['/contract'] }] });
    await go('LabelParameterVersion', { Name, ParameterVersion: 1, Labels: ['first'] });
    await go('UnlabelParameterVersion', { Name, ParameterVersion: 1, Labels: ['first'] });
    await go('AddTagsToResource', { ...resource, Tags: [{ Key: 'a', Value: 'b' }] });
    await go('ListTagsForResource', resource);
    await go('RemoveTagsFromResource', { ...resource, TagKeys: ['a'] });
    await go('DeleteParameter', { Name });
    await go('DeleteParameters', { Names: ['/contract/two', '/contract/nowhere'] });
  },
  nowhere: { Name: '/contract/nowhere' },
  missing: 'ParameterNotFound',
  refused: [
    ['PutParameter', { Name: 'aws-x', Value: 'a', Type: 'String' }, 'ValidationException'],
    ['GetParameters', { Names: [] }, 'ValidationException'],
    ['GetParametersByPath', { Path: 'contract' }, 'ValidationException'],
    ['DescribeParameters', { MaxResults: 0 }, 'ValidationException'],
    ['DeleteParameters', { Names: [] }, 'ValidationException'],
    [
      'AddTagsToResource',
      { ResourceType: 'Parameter', ResourceId: '/nowhere', Tags: [{ Key: 'a', Value: 'b' }] },
      'InvalidResourceId',
    ],
    ['ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/nowhere' }, 'InvalidResourceId'],
    [
      'RemoveTagsFromResource',
      { ResourceType: 'Parameter', ResourceId: '/nowhere', TagKeys: ['a'] },
      'InvalidResourceId',
    ],
  ],
};
