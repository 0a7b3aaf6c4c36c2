await Promise.reject(new RangeError('no rates today'));

export const handler = async () => 0;
