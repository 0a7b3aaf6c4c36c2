import part from 'not-installed/part';

export const handler = async () => part;
